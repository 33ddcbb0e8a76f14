from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

PURPOSES = ("new_customer", "research", "collection", "service", "complaint", "order", "other")
RESULTS = ("ordered", "progress", "unchanged", "refused", "absent")
OBJECTIONS = ("too_expensive", "think_about_it", "compare", "ask_boss", "none")


class CheckIn(HasId, Base):
    """«I'm here»: the moment, and the position if the phone gave one. Metres and seconds; WGS 84 degrees.

    `grade`: 'near' (fresh, accurate, at the customer's known place), 'fresh' (fresh, place not known yet), 'weak'
    (inaccurate, old or far) or 'none'; `reason` says why it is weak or missing. A position never blocks a report.
    """

    __tablename__ = "check_in"
    __table_args__ = (Index("ix_check_in_user_id_at", "user_id", "at"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    accuracy_m: Mapped[float | None] = mapped_column(Float)
    age_s: Mapped[float | None] = mapped_column(Float)
    distance_m: Mapped[float | None] = mapped_column(Float)
    grade: Mapped[str] = mapped_column(String(8), default="none")
    reason: Mapped[str] = mapped_column(String(200), default="")


class Report(HasId, Base):
    """A visit report. Sums are cents; `day` is the day of the visit in the author's zone; `left_at` ≥ `arrived_at`."""

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
    version: Mapped[int] = mapped_column(Integer, default=1)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    customer: Mapped[Customer] = relationship()
    author: Mapped[User] = relationship()
    check_in: Mapped[CheckIn | None] = relationship()
    met: Mapped[list[Contact]] = relationship(secondary="report_contact", order_by="Contact.decision_rank")
    attachments: Mapped[list["Attachment"]] = relationship(order_by="Attachment.position", back_populates="report")

    @classmethod
    def visible_to(cls, user: User) -> Select[tuple["Report"]]:
        """The reports of the people whose work this user may see."""
        return select(cls).where(visible_to(user, cls.author_id))


class ReportContact(Base):
    """Who was met on a visit."""

    __tablename__ = "report_contact"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("contact.id"), primary_key=True, index=True)


class Attachment(HasId, Base):
    """A photo (re-encoded JPEG without metadata) or a voice note; the bytes lie in the file store under `key`."""

    __tablename__ = "attachment"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    position: Mapped[int] = mapped_column(Integer, default=0)
    key: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(60))
    bytes: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    report: Mapped[Report] = relationship(back_populates="attachments")
