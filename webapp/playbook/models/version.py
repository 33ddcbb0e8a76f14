from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db


class TrackVersion(HasId, Base):
    """How a track read before it was changed; `body` holds its words field by field, `by` changed it, at `at`."""

    __tablename__ = "track_version"

    track_id: Mapped[str] = mapped_column(ForeignKey("talk_track.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, str]] = mapped_column(JSON)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()


class TrackProposal(HasId, Base):
    """How the owner of an approved track would have it read; one a track, the latest. `base`: the version it changes."""

    __tablename__ = "track_proposal"

    track_id: Mapped[str] = mapped_column(String(36), ForeignKey("talk_track.id"), unique=True)
    base: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()

    @classmethod
    def of(cls, track_id: str) -> "TrackProposal | None":
        return db.session.scalar(select(cls).where(cls.track_id == track_id))

    @classmethod
    def make(cls, track_id: str, base: int, body: dict[str, Any], by: User) -> None:
        cls.drop(track_id)
        db.session.add(cls(track_id=track_id, base=base, body=body, by_id=by.id))

    @classmethod
    def drop(cls, track_id: str) -> None:
        db.session.execute(delete(cls).where(cls.track_id == track_id))

    def words(self) -> dict[str, Any]:
        """As `TalkTrack.revise` takes them."""
        day = self.body.get("figures_valid_until")
        return {**self.body, "figures_valid_until": date.fromisoformat(day) if day else None}


def stored(words: dict[str, Any]) -> dict[str, Any]:
    """The words of a track as JSON keeps them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in words.items()}


def spelled(words: dict[str, Any]) -> dict[str, str]:
    """The words of a track as they are compared and read: lists in one line."""
    return {name: "、".join(value) if isinstance(value, list) else str(value or "") for name, value in words.items()}


def version_at(track_id: str, moment: datetime, newest: int) -> int:
    """The number of the version that stood at that time: the first that was changed only after it."""
    later = select(func.min(TrackVersion.version)).where(TrackVersion.track_id == track_id, TrackVersion.at > moment)
    return db.session.scalar(later) or newest
