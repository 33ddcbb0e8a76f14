from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation.db import Base, db

QUIET_FROM, QUIET_TO = "22:00", "07:00"


class Wishes(Base):
    """What one person wants to be woken for. `off`: kinds that come into the inbox only; from `quiet_from` to `quiet_to`
    ('HH:MM' in his zone; both empty: never) only what is urgent goes out, the rest when the quiet is over."""

    __tablename__ = "push_wishes"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    off: Mapped[list[str]] = mapped_column(JSON, default=list)
    quiet_from: Mapped[str] = mapped_column(String(5), default=QUIET_FROM)
    quiet_to: Mapped[str] = mapped_column(String(5), default=QUIET_TO)

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"off": [], "quiet_from": QUIET_FROM, "quiet_to": QUIET_TO, **values})

    @classmethod
    def of(cls, user_id: str) -> "Wishes":
        """This person's; what most people want where he has said nothing."""
        return db.session.get(cls, user_id) or cls(user_id=user_id)

    def keep(self, off: list[str], quiet_from: str, quiet_to: str) -> None:
        self.off, self.quiet_from, self.quiet_to = off, quiet_from, quiet_to
        db.session.add(self)

    def quiet_until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet in which this moment lies is over; None if it lies in none."""
        if not self.quiet_from or not self.quiet_to or self.quiet_from == self.quiet_to:
            return None
        here = now.astimezone(zone)
        start, end = time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_to)
        at = here.time().replace(tzinfo=None)
        quiet = start <= at < end if start < end else at >= start or at < end
        if not quiet:
            return None
        day = here.date() + timedelta(days=int(start > end and at >= start))
        return datetime.combine(day, end, zone)
