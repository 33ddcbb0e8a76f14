from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Select, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.foundation.facts import tell
from webapp.urgent.facts import MarketReported


class MarketReport(HasId, Base):
    """What stirs in the market (urgent.words.MARKET): who, what, what it does to us, and what the rep would do about it."""

    __tablename__ = "market_report"

    author_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    who: Mapped[str] = mapped_column(String(100), default="")
    what: Mapped[str] = mapped_column(Text)
    effect: Mapped[str] = mapped_column(Text, default="")
    advice: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now, index=True)

    author: Mapped[User] = relationship()
    customer: Mapped[Customer | None] = relationship()

    @classmethod
    def visible_to(cls, user: User) -> Select["MarketReport"]:
        """The reports of the people whose work this user may see."""
        return select(cls).where(visible_to(user, cls.author_id))

    @classmethod
    def file(cls, by: User, customer: Customer | None, id: str, **told: Any) -> "MarketReport":
        """Take it down; it goes up at once."""
        report = cls(id=id, author=by, customer=customer, at=clock.now(), **told)
        db.session.add(report)
        db.session.flush()  # who is told of it is told by its id
        if customer is not None:
            customer.note_history("market", report.what, by, url=report.url, market=report.kind)
        tell(MarketReported(report))
        return report

    @property
    def url(self) -> str:
        return f"/market-reports/{self.id}"

    @property
    def gist(self) -> str:
        return self.what.strip().split("\n")[0][:200]
