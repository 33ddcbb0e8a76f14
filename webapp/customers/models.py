from datetime import date, datetime
from typing import Any

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
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

LEVELS = ("A", "B", "C", "D", "E", "F")


class Customer(HasId, Base):
    """A company and all that is known of it as a whole. Sums are cents, positions WGS 84 degrees.

    `search_key`, `name_key` and `phone_key` are derived (webapp.foundation.pinyin, customers.identity) and kept true
    by `tidy()`. A merged customer keeps its row and points to the one it became: late entries still land.
    """

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_owner_id_next_step_on", "owner_id", "next_step_on"),
        Index("ix_customer_owner_id_level", "owner_id", "level"),
        Index("ix_customer_owner_id_stage", "owner_id", "stage"),
        Index("ix_customer_owner_id_name", "owner_id", "name"),
    )

    owner_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(200), index=True)
    short_name: Mapped[str] = mapped_column(String(60), default="")
    code: Mapped[str] = mapped_column(String(60), default="", index=True)
    industry: Mapped[str] = mapped_column(String(60), default="", index=True)
    area: Mapped[str] = mapped_column(String(60), default="", index=True)
    city: Mapped[str] = mapped_column(String(60), default="")
    district: Mapped[str] = mapped_column(String(60), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    phone: Mapped[str] = mapped_column(String(60), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(String(30), default="")
    stage: Mapped[str] = mapped_column(String(20), default="search")
    level: Mapped[str] = mapped_column(String(1), default="E")
    lifecycle: Mapped[str] = mapped_column(String(20), default="introduction")
    relation: Mapped[str] = mapped_column(String(20), default="prospect")
    key_rank: Mapped[int | None] = mapped_column(Integer)

    pain: Mapped[str] = mapped_column(Text, default="")
    latent_need: Mapped[str] = mapped_column(Text, default="")
    budget_cents: Mapped[int | None] = mapped_column(BigInteger)
    sensitive_to: Mapped[str] = mapped_column(String(20), default="")
    decision_process: Mapped[str] = mapped_column(Text, default="")
    prefers_communication: Mapped[str] = mapped_column(String(200), default="")
    prefers_product: Mapped[str] = mapped_column(String(200), default="")
    personal_interests: Mapped[str] = mapped_column(String(200), default="")
    is_strategic: Mapped[bool] = mapped_column(Boolean, default=False)
    is_growing: Mapped[bool] = mapped_column(Boolean, default=False)
    nps: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text, default="")

    next_step: Mapped[str] = mapped_column(String(200), default="")
    next_step_on: Mapped[date | None] = mapped_column(Date)
    last_contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    purchase_count: Mapped[int] = mapped_column(Integer, default=0)
    last_purchase_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    receivable_cents: Mapped[int | None] = mapped_column(BigInteger)
    overdue_cents: Mapped[int | None] = mapped_column(BigInteger)
    overdue_since: Mapped[date | None] = mapped_column(Date)
    open_complaint: Mapped[str] = mapped_column(String(200), default="")
    complaint_since: Mapped[date | None] = mapped_column(Date)

    name_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    phone_key: Mapped[str] = mapped_column(String(20), default="", index=True)
    search_key: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now, onupdate=clock.now)
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"), index=True)

    owner: Mapped[User] = relationship()
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="customer", order_by="(Contact.decision_rank, Contact.created_at)"
    )
    tags: Mapped[list["Tag"]] = relationship(cascade="all, delete-orphan", order_by="Tag.word")

    @classmethod
    def visible_to(cls, user: User) -> Select[tuple["Customer"]]:
        """The living customers that this user may see."""
        return select(cls).where(cls.merged_into_id.is_(None), visible_to(user, cls.owner_id))

    @property
    def title(self) -> str:
        """What one calls it: the short name if there is one."""
        return self.short_name or self.name


class Tag(Base):
    __tablename__ = "customer_tag"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(String(30), primary_key=True, index=True)


DECISION_RANK = {"decision_maker": 1, "influencer": 2, "user": 3, "gatekeeper": 4, "": 5}


class Contact(HasId, Base):
    """A person at a customer. `consent`: 'not_asked', 'told' (knows the purpose), 'given' or 'refused'."""

    __tablename__ = "contact"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(64), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    phone_key: Mapped[str] = mapped_column(String(20), default="", index=True)
    wechat: Mapped[str] = mapped_column(String(64), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    preferred_channel: Mapped[str] = mapped_column(String(20), default="")
    best_time: Mapped[str] = mapped_column(String(60), default="")
    decision_role: Mapped[str] = mapped_column(String(20), default="")
    decision_rank: Mapped[int] = mapped_column(Integer, default=5)
    birthday_month: Mapped[int | None] = mapped_column(Integer)
    birthday_day: Mapped[int | None] = mapped_column(Integer)
    birthday_is_lunar: Mapped[bool] = mapped_column(Boolean, default=False)
    note: Mapped[str] = mapped_column(String(500), default="")
    consent: Mapped[str] = mapped_column(String(20), default="not_asked")
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped[Customer] = relationship(back_populates="contacts")


class LevelChange(HasId, Base):
    """A level that was set, raised by itself, or proposed. `state`: 'applied', 'proposed' or 'declined'."""

    __tablename__ = "level_change"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    before: Mapped[str] = mapped_column(String(1), default="")
    after: Mapped[str] = mapped_column(String(1))
    reason: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    state: Mapped[str] = mapped_column(String(12), default="applied", index=True)
    settled_by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped[Customer] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])


class HistoryEntry(HasId, Base):
    """One line of everything that happened with a customer, written by the room where it happened.

    `kind` picks the icon and the words (customers.words.HISTORY); `url` leads to the whole story.
    """

    __tablename__ = "history_entry"
    __table_args__ = (Index("ix_history_entry_customer_id_at", "customer_id", "at"),)

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(String(500), default="")
    url: Mapped[str] = mapped_column(String(200), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    by: Mapped[User | None] = relationship()
