from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, Select, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell
from webapp.visits.daily_facts import DailyHandedIn

ATTENDANCE = ("field", "office", "training", "leave")


class DailyReport(HasId, Base):
    """The day as the rep hands it in: what built itself from the visits (`figures`, frozen then) and what he adds.

    `state`: 'draft', 'handed_in', 'approved' or 'returned'. `version` counts every hand-in; a sign-off names it.
    """

    __tablename__ = "daily_report"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    version: Mapped[int] = mapped_column(Integer, default=0)
    attendance: Mapped[str] = mapped_column(String(12), default="field")
    changes: Mapped[str] = mapped_column(Text, default="")
    insight: Mapped[str] = mapped_column(Text, default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    user: Mapped[User] = relationship()

    @classmethod
    def visible_to(cls, user: User) -> Select["DailyReport"]:
        """The daily reports of the people whose work this user may see."""
        return select(cls).where(visible_to(user, cls.user_id))

    @classmethod
    def begun(cls, user: User, day: date) -> "DailyReport | None":
        """This person's report of this day, if there is one."""
        return db.session.scalar(select(cls).where(cls.user_id == user.id, cls.day == day))

    @classmethod
    def of(cls, user: User, day: date, id: str | None = None) -> "DailyReport":
        """This person's report of this day; begun if there is none yet."""
        daily = cls.begun(user, day)
        if daily is None:
            daily = cls(id=id or new_id(), user_id=user.id, user=user, day=day, state="draft", version=0)
            db.session.add(daily)
        return daily

    @property
    def is_handed_in(self) -> bool:
        return self.state in ("handed_in", "approved")

    def hand_in(self, figures: dict[str, Any], attendance: str, changes: str, insight: str) -> None:
        """Freeze the day's figures with what the rep adds, and give them to the supervisor; may be done again."""
        self.figures, self.attendance, self.changes, self.insight = figures, attendance, changes, insight
        self.state = "handed_in"
        self.handed_in_at = clock.now()
        self.version += 1
        tell(DailyHandedIn(self))

    def settle(self, verdict: str) -> None:
        """What the supervisor decided: 'approved' or 'returned'."""
        self.state = verdict
