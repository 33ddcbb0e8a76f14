from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.playbook.models.track import TalkTrack

OUTCOMES = ("worked", "half", "flat")


class TrackUse(HasId, Base):
    """A track was used with a customer; `outcome` is 'worked', 'half' or 'flat'. `visit_id` names the report."""

    __tablename__ = "track_use"
    __table_args__ = (Index("ix_track_use_track_id_outcome", "track_id", "outcome"),)

    track_id: Mapped[str] = mapped_column(ForeignKey("talk_track.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)
    outcome: Mapped[str] = mapped_column(String(8))
    customer_id: Mapped[str | None] = mapped_column(String(36), index=True)
    visit_id: Mapped[str | None] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    @classmethod
    def record(
        cls,
        track_id: str,
        outcome: str,
        by_id: str,
        customer_id: str | None = None,
        visit_id: str | None = None,
        id: str | None = None,
    ) -> "TrackUse":
        """Note how a track did, in the version that stood when it was said. A report has one use and a person one a day
        with a customer: the last word counts."""
        if visit_id:
            cls.forget(visit_id)
        else:
            since = clock.day_bounds(clock.today())[0]
            mine = (cls.by_id == by_id, cls.track_id == track_id, cls.customer_id == customer_id)
            db.session.execute(delete(cls).where(*mine, cls.visit_id.is_(None), cls.at >= since))
        track = db.session.get_one(TalkTrack, track_id)
        use = cls(id=id or new_id(), track_id=track_id, version=track.version_at(clock.now()), outcome=outcome, by_id=by_id)
        use.customer_id, use.visit_id = customer_id, visit_id
        db.session.add(use)
        return use

    @classmethod
    def forget(cls, visit_id: str) -> None:
        """The report no longer says that a track was used."""
        db.session.execute(delete(cls).where(cls.visit_id == visit_id))
