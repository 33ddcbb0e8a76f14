from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import ColumnElement, ForeignKey, Integer, String, and_, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db

if TYPE_CHECKING:
    from webapp.accounts.models.user import User

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MOST_BATCHES = 120


@dataclass(frozen=True)
class Lying:
    """What lies on a phone that is not in the house: how many entries wait, since when, how many of them are parked, and
    how many were refused and not yet mended."""

    waiting: int
    parked: int
    refused: int
    since: datetime | None

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """As a phone says it; whatever it says is a number and a time, or nothing."""
        waiting, parked, refused = (count_of(said.get(name)) for name in ("count", "parked", "refused"))
        return cls(waiting, parked, refused, _time_of(said.get("oldest")))


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

    def holds(self, phone_id: str, lying: Lying, build: str) -> None:
        """What the phone of this name says still lies on it, and of which release it is."""
        self._is_of(phone_id)
        self.waiting, self.refused = lying.waiting, lying.refused
        self.parked = min(lying.parked, lying.waiting)  # what has just arrived waits for nobody's sign-in
        self.waiting_since, self.build, self.contact_at = lying.since, build[:20], clock.here()

    def is_known_to_hold(self, phone_id: str, lying: Lying, build: str) -> bool:
        """Whether it has said just that before, within the hour."""
        known = Lying(self.waiting, self.parked, self.refused, self.waiting_since)
        is_recent = self.contact_at is not None and clock.here() - self.contact_at < HOUR
        return is_recent and (known, self.phone_id, self.build) == (lying, phone_id, build[:20])

    def _is_of(self, phone_id: str) -> None:
        """What the phone's earlier sign-ins said that it holds is answered by this one."""
        if not phone_id or self.phone_id == phone_id:
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


def _time_of(text: Any) -> datetime | None:
    try:
        time = datetime.fromisoformat(str(text))
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def count_of(number: Any) -> int:
    """A number as a phone tells it: 0 … 1,000,000, whatever it says."""
    try:
        return min(max(int(number), 0), 1_000_000)
    except (TypeError, ValueError, OverflowError):
        return 0
