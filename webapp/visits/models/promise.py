from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime


class Promise(HasId, Base):
    """A word given: `ours` to them, or theirs to us. `state`: 'open', 'kept' or 'broken'."""

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_customer_id_state", "customer_id", "state"),)

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"))
    direction: Mapped[str] = mapped_column(String(6), default="ours")
    text: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    report_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    state: Mapped[str] = mapped_column(String(6), default="open")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    by: Mapped[User] = relationship()
