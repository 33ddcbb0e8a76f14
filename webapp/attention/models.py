from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

CATEGORIES = ("hobby", "reading", "style", "admires", "office", "desk", "taste", "occasion", "channel")


class AttentionItem(HasId, Base):
    """Something noticed about a person, and the opener that it suggests. `visit_id` names the report it came with.

    The counts are kept beside the item so that a list is one query; `fell_flat` openers are never suggested again.
    """

    __tablename__ = "attention_item"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"), index=True)
    category: Mapped[str] = mapped_column(String(12))
    observed: Mapped[str] = mapped_column(String(300))
    opener: Mapped[str] = mapped_column(String(300), default="")
    noticed_on: Mapped[date] = mapped_column(Date)
    visit_id: Mapped[str | None] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    worked: Mapped[int] = mapped_column(Integer, default=0)
    half: Mapped[int] = mapped_column(Integer, default=0)
    flat: Mapped[int] = mapped_column(Integer, default=0)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    by: Mapped[User] = relationship()


class OpenerUse(HasId, Base):
    """An opener was used; `outcome` is 'worked', 'half' or 'flat'."""

    __tablename__ = "opener_use"

    item_id: Mapped[str] = mapped_column(ForeignKey("attention_item.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    visit_id: Mapped[str | None] = mapped_column(String(36))
