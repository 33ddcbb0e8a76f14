from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime


class DayPlan(HasId, Base):
    """The visits that a rep means to make on one day. `state`: 'draft', 'handed_in', 'approved' or 'returned'.

    `version` counts every change of what a supervisor reads; a sign-off names the version that was seen.
    """

    __tablename__ = "day_plan"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    message: Mapped[str] = mapped_column(String(500), default="")
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    user: Mapped[User] = relationship()
    stops: Mapped[list["Stop"]] = relationship(
        back_populates="plan", cascade="all, delete-orphan", order_by="(Stop.position, Stop.id)"
    )


class Stop(HasId, Base):
    """One visit of a plan: whom, when ('HH:MM' in the rep's zone, or empty), what for."""

    __tablename__ = "stop"

    plan_id: Mapped[str] = mapped_column(ForeignKey("day_plan.id", ondelete="CASCADE"), index=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    at: Mapped[str] = mapped_column(String(5), default="")
    purpose: Mapped[str] = mapped_column(String(20), default="service")
    objective: Mapped[str] = mapped_column(String(200), default="")

    plan: Mapped[DayPlan] = relationship(back_populates="stops")
    customer: Mapped[Customer] = relationship(lazy="joined", innerjoin=True)
