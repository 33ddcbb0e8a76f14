from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer, LevelChange
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime
from webapp.playbook.models import TalkTrack
from webapp.visits.models.attachment import Attachment
from webapp.visits.models.check_in import CheckIn
from webapp.visits.models.correcting import Correctable
from webapp.visits.models.filing import Fileable
from webapp.visits.models.promise import Promise

PURPOSES = ("new_customer", "research", "collection", "service", "complaint", "order", "other")
RESULTS = ("ordered", "progress", "unchanged", "refused", "absent")
OBJECTIONS = ("too_expensive", "think_about_it", "compare", "ask_boss", "none")


class Report(HasId, Fileable, Correctable, Base):
    """A visit report. Sums are cents; `day` is the day of the visit in the author's zone; `left_at` ≥ `arrived_at`.

    `earlier` holds what it said before each correction; `paid` what its collection took off the customer's debts.
    """

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_author_id_day", "author_id", "day"),
        Index("ix_report_customer_id_filed_at", "customer_id", "filed_at"),
    )

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    stop_id: Mapped[str | None] = mapped_column(ForeignKey("stop.id", ondelete="SET NULL"))
    check_in_id: Mapped[str | None] = mapped_column(ForeignKey("check_in.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    purpose: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(20))
    needs: Mapped[str] = mapped_column(Text, default="")
    objections: Mapped[list[str]] = mapped_column(JSON, default=list)
    objection_said: Mapped[str] = mapped_column(String(300), default="")
    track_id: Mapped[str | None] = mapped_column(ForeignKey("talk_track.id"))
    track_outcome: Mapped[str] = mapped_column(String(8), default="")
    track_version: Mapped[int | None] = mapped_column(Integer)
    competitor_news: Mapped[str] = mapped_column(Text, default="")
    customer_said: Mapped[str] = mapped_column(Text, default="")
    order_cents: Mapped[int | None] = mapped_column(BigInteger)
    collection_cents: Mapped[int | None] = mapped_column(BigInteger)
    expense_cents: Mapped[int | None] = mapped_column(BigInteger)
    expense_for: Mapped[str] = mapped_column(String(200), default="")
    next_step: Mapped[str] = mapped_column(String(200), default="")
    next_step_on: Mapped[date | None] = mapped_column(Date)
    insight: Mapped[str] = mapped_column(Text, default="")
    is_urgent: Mapped[bool] = mapped_column(Boolean, default=False, index=True)
    is_hallway: Mapped[bool] = mapped_column(Boolean, default=False)
    level_change_id: Mapped[str | None] = mapped_column(ForeignKey("level_change.id"))
    paid: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(Integer, default=1)
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    corrected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # type: ignore[assignment]

    customer: Mapped[Customer] = relationship()
    author: Mapped[User] = relationship()
    check_in: Mapped[CheckIn | None] = relationship()
    track: Mapped[TalkTrack | None] = relationship()
    level_change: Mapped[LevelChange | None] = relationship()
    met: Mapped[list[Contact]] = relationship(secondary="report_contact", order_by="Contact.decision_rank")
    promises: Mapped[list[Promise]] = relationship(order_by="(Promise.direction, Promise.due_on)", viewonly=True)
    attachments: Mapped[list[Attachment]] = relationship(order_by="Attachment.position", back_populates="report")

    @classmethod
    def visible_to(cls, user: User) -> Select["Report"]:
        """The reports of the people whose work this user may see."""
        return select(cls).where(visible_to(user, cls.author_id))

    @classmethod
    def readable_by(cls, user: User) -> Select["Report"]:
        """The same, and what others wrote of his own customers."""
        own = select(Customer.id).where(Customer.owner_id == user.id)
        return select(cls).where(or_(visible_to(user, cls.author_id), cls.customer_id.in_(own)))

    @property
    def minutes(self) -> int | None:
        """How long the visit took."""
        if self.arrived_at is None or self.left_at is None:
            return None
        return round((self.left_at - self.arrived_at).total_seconds() / 60)

    @property
    def happened_at(self) -> datetime:
        """The moment that stands for the visit: when he left, else came, else wrote of it, else the evening of that day."""
        wrote_that_day = clock.local(self.filed_at).date() == self.day
        return self.left_at or self.arrived_at or (self.filed_at if wrote_that_day else clock.at(self.day, 18))


class ReportContact(Base):
    """Who was met on a visit."""

    __tablename__ = "report_contact"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("contact.id"), primary_key=True, index=True)
