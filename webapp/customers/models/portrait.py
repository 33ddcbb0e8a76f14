from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.accounts.models import User
from webapp.customers.models.history import HasHistory
from webapp.customers.models.level import HasLevel
from webapp.foundation import clock
from webapp.foundation.db import UtcDateTime


class Portrait:
    """What a customer needs, prefers and is worth beyond turnover. Sums are cents; `nps` 0–10."""

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

    @property
    def recommends_us(self) -> bool:
        """Word of mouth: whoever gives eight or more tells others."""
        return self.nps is not None and self.nps >= 8


class FollowedUp(HasHistory):
    """A customer has a next step with a date, and a last contact; `relation` sets the rhythm between them."""

    relation: Mapped[str] = mapped_column(String(20), default="prospect")
    stage: Mapped[str] = mapped_column(String(20), default="search")
    lifecycle: Mapped[str] = mapped_column(String(20), default="introduction")
    next_step: Mapped[str] = mapped_column(String(200), default="")
    next_step_on: Mapped[date | None] = mapped_column(Date)
    last_contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_purchase_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def plan_next_step(self, text: str, on: date | None, by: User | None = None) -> None:
        """Say what comes next and when; with `by` it is written into the history too, if it is another one."""
        if (text, on) == (self.next_step, self.next_step_on):
            return
        self.next_step, self.next_step_on = text[:200], on
        if by and text:
            self.note_history("plan", text, by, on=on.isoformat() if on else "")

    def record_contact(self, at: datetime) -> None:
        """Someone of ours spoke with them. Once a fresh buyer has been asked how it goes he is an old customer."""
        self.last_contact_at = max(at, self.last_contact_at or at)
        sold = self.last_purchase_at
        if self.relation == "just_sold" and sold and clock.local(at).date() > clock.local(sold).date():
            self.relation = "established"

    def move_to_stage(self, stage: str, by: User | None) -> None:
        """Set the step of the sale (DOMAIN.md §2), with a line in the history."""
        if stage != self.stage:
            self.note_history("stage", by=by, before=self.stage, after=stage)
            self.stage = stage


class Trading(HasLevel, FollowedUp):
    """What a customer bought and owes. Sums are cents."""

    purchase_count: Mapped[int] = mapped_column(Integer, default=0)
    receivable_cents: Mapped[int | None] = mapped_column(BigInteger)
    overdue_cents: Mapped[int | None] = mapped_column(BigInteger)
    overdue_since: Mapped[date | None] = mapped_column(Date)
    open_complaint: Mapped[str] = mapped_column(String(200), default="")
    complaint_since: Mapped[date | None] = mapped_column(Date)

    def record_purchase(self, at: datetime, cents: int | None, by: User | None, url: str = "") -> None:
        """An order of so many cents. The second one raises the level by one step, by itself (DOMAIN.md §5)."""
        self.purchase_count = (self.purchase_count or 0) + 1
        self.last_purchase_at = max(at, self.last_purchase_at or at)
        self.relation = "just_sold"
        self.note_history("order", by=by, at=at, url=url, cents=cents)
        if self.purchase_count == 2:
            self.raise_level(None, "second_purchase")
