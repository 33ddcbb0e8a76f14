from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.customers.identity import phone_key
from webapp.customers.models.consent import Consenting
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

DECISION_RANK = {"decision_maker": 1, "influencer": 2, "user": 3, "gatekeeper": 4, "": 5}
KEPT = ("title", "phone", "wechat", "email", "preferred_channel", "best_time", "decision_role", "note")


class Contact(HasId, Consenting, Base):
    """A person at a customer, and what he said about being noted."""

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
    """1 to 12; of a leap month of the moon its negative, as in foundation/lunar.py."""
    birthday_day: Mapped[int | None] = mapped_column(Integer)
    birthday_is_lunar: Mapped[bool] = mapped_column(Boolean, default=False)
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    consent_by: Mapped[User | None] = relationship(foreign_keys="Contact.consent_by_id")
    customer: Mapped["Customer"] = relationship(back_populates="contacts")  # type: ignore[name-defined] # noqa: F821

    def tidy(self) -> None:
        """Keep what is derived true: the digits of the phone, the rank of the decision role."""
        self.phone_key = phone_key(self.phone)
        self.decision_rank = DECISION_RANK.get(self.decision_role or "", 5)

    def revise(self, **values: Any) -> None:
        """Let these columns hold these values; what is derived follows, here and in the customer's keys."""
        for column, value in values.items():
            setattr(self, column, value)
        self.tidy()
        self.customer.tidy()

    def leave(self, by: User) -> None:
        """The person works there no more; what is known of him stays with the history."""
        if self.left_at is None:
            self.left_at = clock.now()
            self.customer.tidy()
            self.customer.note_history("contact", self.name, by, did="left")

    def come_back(self, by: User) -> None:
        if self.left_at is not None:
            self.left_at = None
            self.customer.tidy()
            self.customer.note_history("contact", self.name, by, did="back")

    def is_same_person_as(self, other: "Contact") -> bool:
        """The same name, and no two phones that speak against it."""
        same_phone = self.phone_key == other.phone_key or not self.phone_key or not other.phone_key
        return self.name.strip() == other.name.strip() and same_phone

    def take_from(self, other: "Contact") -> None:
        """Fill what is empty from another entry of the same person; a refusal outweighs a consent."""
        for field in KEPT:
            setattr(self, field, getattr(self, field) or getattr(other, field))
        if self.birthday_month is None:
            self.birthday_month, self.birthday_day = other.birthday_month, other.birthday_day
            self.birthday_is_lunar = other.birthday_is_lunar
        self.take_consent_from(other)
        self.left_at = self.left_at if other.left_at else None
        self.tidy()
