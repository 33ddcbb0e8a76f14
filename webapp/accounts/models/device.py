from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, Integer, String, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

if TYPE_CHECKING:
    from webapp.accounts.models.user import User


class Device(HasId, Base):
    """A signed-in browser. Only the SHA-256 of its token is kept, so the table opens no door."""

    __tablename__ = "device"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waiting: Mapped[int] = mapped_column(Integer, default=0)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parked: Mapped[int] = mapped_column(Integer, default=0)
    build: Mapped[str] = mapped_column(String(20), default="")
    contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped["User"] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def signed_in(cls) -> ColumnElement[bool]:
        """The condition under which a device still opens the door."""
        return and_(cls.revoked_at.is_(None), cls.expires_at > clock.now())

    def note_waiting(self, waiting: dict[str, Any], build: str) -> None:
        """What the phone says it still holds: how many entries, since when, how many parked."""
        self.waiting, self.parked = _count(waiting.get("count")), _count(waiting.get("parked"))
        self.build, self.contact_at = build[:20], clock.now()
        try:
            since = datetime.fromisoformat(str(waiting.get("oldest")))
        except ValueError:
            self.waiting_since = None
        else:
            self.waiting_since = since if since.tzinfo else since.replace(tzinfo=UTC)

    def revoke(self) -> None:
        self.revoked_at = self.revoked_at or clock.now()


def _count(number: Any) -> int:
    return min(max(int(number), 0), 1_000_000) if isinstance(number, int | float) else 0
