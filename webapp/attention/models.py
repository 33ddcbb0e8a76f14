from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.attention.facts import Noticed
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell

CATEGORIES = ("hobby", "reading", "style", "admires", "office", "desk", "taste", "occasion", "channel")
OUTCOMES = ("worked", "half", "flat")


class AttentionItem(HasId, Base):
    """Something noticed about a person, and the opener that it suggests. `visit_id` names the report it came with;
    `sensitive` what it touches that needs a yes of its own (customers.models.consent.TOPICS).

    The counts are kept beside the item so that a list is one query. An opener that fell flat is never suggested
    again, unless it worked after that (`redeemed`).
    """

    __tablename__ = "attention_item"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"), index=True)
    category: Mapped[str] = mapped_column(String(12))
    observed: Mapped[str] = mapped_column(String(300))
    opener: Mapped[str] = mapped_column(String(300), default="")
    sensitive: Mapped[str] = mapped_column(String(10), default="")
    noticed_on: Mapped[date] = mapped_column(Date)
    visit_id: Mapped[str | None] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    worked: Mapped[int] = mapped_column(Integer, default=0)
    half: Mapped[int] = mapped_column(Integer, default=0)
    flat: Mapped[int] = mapped_column(Integer, default=0)
    redeemed: Mapped[bool] = mapped_column(Boolean, default=False)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    by: Mapped[User] = relationship()

    @classmethod
    def visible_to(cls, user: User) -> Select["AttentionItem"]:
        """What was noticed at the customers that this user may see."""
        return select(cls).join(Customer).where(Customer.merged_into_id.is_(None), visible_to(user, Customer.owner_id))

    @classmethod
    def notice(
        cls,
        customer: Customer,
        by: User,
        category: str,
        observed: str,
        opener: str = "",
        contact_id: str | None = None,
        noticed_on: date | None = None,
        visit_id: str | None = None,
        id: str | None = None,
        sensitive: str = "",
    ) -> "AttentionItem":
        """Put something on a customer's list. With a `visit_id` the visit's own entry tells of it in the history."""
        item = cls(
            id=id or new_id(),
            customer_id=customer.id,
            customer=customer,
            contact_id=contact_id,
            category=category,
            observed=observed,
            opener=opener,
            sensitive=sensitive,
            noticed_on=noticed_on or clock.today(),
            visit_id=visit_id,
            by_id=by.id,
        )
        db.session.add(item)
        if visit_id is None:
            customer.note_history("attention", observed, by, category=category, item_id=item.id)
        tell(Noticed(item_id=item.id, customer_id=customer.id, by_id=by.id))
        return item

    def revise(
        self, category: str, observed: str, opener: str, contact_id: str | None, noticed_on: date, sensitive: str = ""
    ) -> None:
        """Say it better. A new opener starts with a clean slate: how the old words went says nothing of it."""
        if opener != self.opener:
            self.worked = self.half = self.flat = 0
            self.redeemed, self.last_used_at = False, None
        self.category, self.observed, self.opener = category, observed, opener
        self.contact_id, self.noticed_on, self.sensitive = contact_id, noticed_on, sensitive

    def use(self, outcome: str, by: User, visit_id: str | None = None, id: str | None = None) -> "OpenerUse":
        """The opener was tried: 'worked', 'half' or 'flat'."""
        use = OpenerUse(id=id or new_id(), item_id=self.id, item=self, outcome=outcome, by_id=by.id, visit_id=visit_id)
        db.session.add(use)
        setattr(self, outcome, (getattr(self, outcome) or 0) + 1)
        if outcome != "half":
            self.redeemed = outcome == "worked"
        self.last_used_at = clock.now()
        if visit_id is None:
            self.customer.note_history(
                "attention", self.line, by, category=self.category, outcome=outcome, item_id=self.id
            )
        return use

    def retire(self) -> None:
        """It is no longer so, or was wrong: out of sight, not out of the record."""
        self.retired_at = self.retired_at or clock.now()

    @property
    def may_be_shown(self) -> bool:
        """Whether the person lets it be used; where he said no it is out of everybody's sight until he says yes."""
        return self.contact is None or self.contact.allows(self.sensitive or "")

    @property
    def line(self) -> str:
        """What to begin with: the opener, or the thing itself where nobody has thought of one yet."""
        return self.opener or self.observed

    @property
    def used(self) -> int:
        return self.worked + self.half + self.flat

    @property
    def fell_flat(self) -> bool:
        return self.flat > 0 and not self.redeemed

    def restore(self) -> None:
        self.retired_at = None


class OpenerUse(HasId, Base):
    """An opener was used; `outcome` is 'worked', 'half' or 'flat'."""

    __tablename__ = "opener_use"

    item_id: Mapped[str] = mapped_column(ForeignKey("attention_item.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    visit_id: Mapped[str | None] = mapped_column(String(36))

    item: Mapped[AttentionItem] = relationship()
