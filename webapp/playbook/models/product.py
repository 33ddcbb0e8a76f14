from datetime import date, datetime

from sqlalchemy import Boolean, Date, Float, ForeignKey, Integer, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db


class Product(HasId, Base):
    """A product of ours (`is_ours`) or of a competitor, as far as one needs it at a door.

    `group` names what is compared with what: our bearing and theirs are both «6205轴承», and `rivals()` are the others of
    its group on the other side. `maker` is the company; `price_cents` one `unit` of it costs the customer (None: not
    known). `source`: where price and attributes come from; to be looked at again on `valid_until`. What is known of it
    beside the price are its `attributes`, in order; `product.attribute("寿命")` finds one by its name, and
    `product.paired(rival)` lays two products side by side for a comparison. `retired_at`: no longer offered or met; it
    stays for those who named it. Read by everybody, written by whoever may approve talk tracks.
    """

    __tablename__ = "product"

    group: Mapped[str] = mapped_column(String(100), index=True)
    name: Mapped[str] = mapped_column(String(100))
    maker: Mapped[str] = mapped_column(String(100), default="")
    is_ours: Mapped[bool] = mapped_column(Boolean, default=True)
    price_cents: Mapped[int | None] = mapped_column(Integer)
    unit: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(200), default="")
    valid_until: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer, default=1)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    by: Mapped[User] = relationship()
    attributes: Mapped[list["Attribute"]] = relationship(
        order_by="Attribute.position", cascade="all, delete-orphan", back_populates="product", lazy="selectin"
    )

    @classmethod
    def visible_to(cls, user: User) -> Select["Product"]:
        """Everybody reads all of them."""
        return select(cls)

    @classmethod
    def add(cls, by: User, id: str, attributes: list[dict[str, object]], **words: object) -> "Product":
        product = cls(id=id, by_id=by.id, version=1, **words)
        product._lay_down(attributes)
        db.session.add(product)
        return product

    def revise(self, by: User, attributes: list[dict[str, object]], **words: object) -> bool:
        """Let it read like this; false if it did already."""
        same = all(getattr(self, name) == value for name, value in words.items())
        if same and [one.words() for one in self.attributes] == [_whole(row) for row in attributes]:
            return False
        for name, value in words.items():
            setattr(self, name, value)
        self._lay_down(attributes)
        self.version, self.updated_at, self.by_id = self.version + 1, clock.now(), by.id
        return True

    def retire(self) -> None:
        self.retired_at = self.retired_at or clock.now()

    def _lay_down(self, rows: list[dict[str, object]]) -> None:
        """The rows that stand already are changed in place, so that nothing else but what changed is written."""
        for place, row in enumerate(rows):
            if place == len(self.attributes):
                self.attributes.append(Attribute(position=place))
            self.attributes[place].position = place
            for name, value in _whole(row).items():
                setattr(self.attributes[place], name, value)
        del self.attributes[len(rows) :]

    def attribute(self, name: str) -> "Attribute | None":
        return next((one for one in self.attributes if one.name == name), None)

    def paired(self, rival: "Product") -> list[tuple[str, "Attribute | None", "Attribute | None"]]:
        """(name, ours, theirs) of every attribute that either has, in this one's order, then the other's."""
        names = dict.fromkeys(one.name for one in (*self.attributes, *rival.attributes))
        return [(name, self.attribute(name), rival.attribute(name)) for name in names]

    def rivals(self) -> list["Product"]:
        """The products of the other side that it is compared with. One query (and one for their attributes)."""
        others = select(Product).where(Product.group == self.group, Product.is_ours.is_not(self.is_ours))
        return list(db.session.scalars(others.where(Product.retired_at.is_(None)).order_by(Product.name)))

    @property
    def is_stale(self) -> bool:
        """What stands here is past its date."""
        return self.valid_until is not None and self.valid_until < clock.today()


class Attribute(HasId, Base):
    """One thing that one knows of a product.

    A `number` with its `unit` («8000», «小时»), or a `text` where no number says it («深沟球»); never both.
    `cents_per_unit`: what one unit of it is worth to the customer, in cents, if known (an hour of life, a bottle sold);
    negative where more of it costs him. None: not known, or not a matter of money.
    """

    __tablename__ = "product_attribute"

    product_id: Mapped[str] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    name: Mapped[str] = mapped_column(String(40))
    number: Mapped[float | None] = mapped_column(Float)
    text: Mapped[str] = mapped_column(String(100), default="")
    unit: Mapped[str] = mapped_column(String(20), default="")
    cents_per_unit: Mapped[int | None] = mapped_column(Integer)

    product: Mapped[Product] = relationship(back_populates="attributes")

    def words(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("name", "number", "text", "unit", "cents_per_unit")}

    @property
    def cents(self) -> int | None:
        """What all of it is worth to the customer, in cents; None where either is not known."""
        if self.number is None or self.cents_per_unit is None:
            return None
        return round(self.number * self.cents_per_unit)


def _whole(row: dict[str, object]) -> dict[str, object]:
    empty: dict[str, object] = {"name": "", "number": None, "text": "", "unit": "", "cents_per_unit": None}
    return {**empty, **row}
