from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, Integer, String, and_, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db

if TYPE_CHECKING:
    from webapp.accounts.models.user import User

MINUTE = timedelta(minutes=1)
MOST_BATCHES = 120


class Device(HasId, Base):
    """A signed-in browser. Only the SHA-256 of its token is kept, so the table opens no door.

    `phone_id` is how the phone names itself, through all its sign-ins; up to `settled_seq` it holds nothing unsent;
    `batches` counts what it sent in the minute that began at `batches_since`.
    """

    __tablename__ = "device"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waiting: Mapped[int] = mapped_column(Integer, default=0)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parked: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    build: Mapped[str] = mapped_column(String(20), default="")
    contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    phone_id: Mapped[str] = mapped_column(String(36), default="", index=True)
    settled_seq: Mapped[int] = mapped_column(Integer, default=0)
    batches: Mapped[int] = mapped_column(Integer, default=0)
    batches_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped["User"] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def signed_in(cls) -> ColumnElement[bool]:
        """The condition under which a device still opens the door."""
        return and_(cls.revoked_at.is_(None), cls.expires_at > clock.here())

    def note_waiting(self, waiting: dict[str, Any], build: str) -> None:
        """What the phone says it still holds: how many entries, since when, how many parked, how many that were refused."""
        self.waiting, self.parked = count_of(waiting.get("count")), count_of(waiting.get("parked"))
        self.refused = count_of(waiting.get("refused"))
        self.build, self.contact_at = build[:20], clock.here()
        try:
            since = datetime.fromisoformat(str(waiting.get("oldest")))
        except ValueError:
            self.waiting_since = None
        else:
            self.waiting_since = since if since.tzinfo else since.replace(tzinfo=UTC)

    def note_phone(self, phone_id: str) -> None:
        """This sign-in is of that phone: what its earlier sign-ins said that it holds is answered by this one."""
        if self.phone_id == phone_id:
            return
        self.phone_id = phone_id
        earlier = update(Device).where(
            Device.user_id == self.user_id, Device.phone_id == phone_id, Device.id != self.id
        )
        db.session.execute(earlier.values(waiting=0, parked=0, refused=0, waiting_since=None))

    def take_batch(self) -> int:
        """Count a batch; 0 if it may be taken in, else the seconds until the next one may."""
        now = clock.here()
        if self.batches_since is None or not timedelta(0) <= now - self.batches_since < MINUTE:
            self.batches, self.batches_since = 0, now
        if self.batches >= MOST_BATCHES:
            return max(1, round((self.batches_since + MINUTE - now).total_seconds()))
        self.batches += 1
        return 0

    def revoke(self) -> None:
        self.revoked_at = self.revoked_at or clock.here()


def count_of(number: Any) -> int:
    """A number as a phone tells it: 0 … 1,000,000, whatever it says."""
    return min(max(int(number), 0), 1_000_000) if isinstance(number, int | float) else 0
