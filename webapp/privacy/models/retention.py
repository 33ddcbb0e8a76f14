from datetime import date, datetime, timedelta

from sqlalchemy import Date, ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.accounts.models import User
from webapp.customers.models import Contact
from webapp.foundation import clock
from webapp.foundation.db import Base, UtcDateTime, db

MONTHS = {"silent": 24, "left": 12, "refused": 1}
"""Why somebody need not be kept any longer, and after how many months unless the house says otherwise: nobody was in touch
with his company; he works there no more; he does not agree to be noted. 0: never."""
KEPT_FOR = timedelta(days=365)


class Term(Base):
    """How many months people are kept, by why they need not be."""

    __tablename__ = "retention_term"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    months: Mapped[int] = mapped_column(Integer)

    @classmethod
    def all(cls) -> dict[str, int]:
        return MONTHS | dict(db.session.execute(select(cls.kind, cls.months)).all())

    @classmethod
    def set(cls, months: dict[str, int]) -> None:
        for kind, number in months.items():
            db.session.merge(cls(kind=kind, months=number))

    @staticmethod
    def since(months: int) -> datetime:
        """The moment so many months ago, a month being 30.44 days."""
        return clock.here() - timedelta(days=round(30.44 * months))


class KeptOn(Base):
    """Somebody decided to keep this person, and why; he comes up again when `until` has come."""

    __tablename__ = "kept_on"

    contact_id: Mapped[str] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    until: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)

    @classmethod
    def keep(cls, contact: Contact, reason: str, by: User) -> None:
        row = cls(contact_id=contact.id, reason=reason, by_id=by.id, until=clock.today() + KEPT_FOR, at=clock.here())
        db.session.merge(row)
