from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import Device, User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

CLOCK = timedelta(days=15)
"""Within which a wish to be erased has been carried out everywhere, and the person told (个人信息保护法)."""


class Erasure(HasId, Base):
    """Somebody was erased: `kind` is 'contact' or 'customer'. The row holds nothing of him but ids that lead nowhere now.

    `number` is the feed's: a phone that has come to it, or beyond, has let go of him. `finished_at`: the files are gone too
    and the database has been swept.
    """

    __tablename__ = "erasure"

    kind: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(36), index=True)
    customer_id: Mapped[str] = mapped_column(String(36), index=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here, index=True)
    number: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int] = mapped_column(Integer, default=0)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    by: Mapped[User] = relationship(foreign_keys=by_id)
    owner: Mapped[User] = relationship(foreign_keys=owner_id)
    carriers: Mapped[list["Carrier"]] = relationship(order_by="Carrier.device_id", back_populates="erasure")

    @classmethod
    def visible_to(cls, user: User) -> Select["Erasure"]:
        """Those of the people whose customers this user may see."""
        return select(cls).where(visible_to(user, cls.owner_id))

    @property
    def due_at(self) -> datetime:
        return self.at + CLOCK

    @property
    def waiting(self) -> list["Carrier"]:
        """The phones that may still hold something."""
        return [carrier for carrier in self.carriers if not carrier.is_clean]

    @property
    def is_done(self) -> bool:
        return self.finished_at is not None and not self.waiting

    @property
    def is_late(self) -> bool:
        return not self.is_done and clock.here() > self.due_at

    def tell_person(self) -> None:
        """The person was told that it is done."""
        self.told_at = self.told_at or clock.here()


class Carrier(Base):
    """A device that may have carried the person: it has confirmed when it has come by after the erasure. One that is signed
    out cannot: its pages delete themselves when their lease is over, `until` then at the latest."""

    __tablename__ = "erasure_carrier"

    erasure_id: Mapped[str] = mapped_column(ForeignKey("erasure.id"), primary_key=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True, index=True)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    erasure: Mapped[Erasure] = relationship(back_populates="carriers")
    device: Mapped[Device] = relationship(lazy="joined")

    @property
    def is_clean(self) -> bool:
        return self.confirmed_at is not None or (self.until is not None and self.until < clock.here())


class Erased(Base):
    """The id of something that went with an erasure: what phones still send about it holds nothing."""

    __tablename__ = "erased_thing"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    erasure_id: Mapped[str] = mapped_column(ForeignKey("erasure.id"), index=True)


class ErasedName(HasId, Base):
    """How somebody was called or reached, as a keyed digest: enough to know the words again, not to read them."""

    __tablename__ = "erased_name"

    erasure_id: Mapped[str] = mapped_column(ForeignKey("erasure.id"), index=True)
    customer_id: Mapped[str] = mapped_column(String(36), index=True)
    length: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
