from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.playbook.models.track import TalkTrack

OUTCOMES = ("worked", "half", "flat")


class Kind(NamedTuple):
    """What kind of customer; empty is what is not known."""

    level: str = ""
    industry: str = ""
    role: str = ""


class TrackUse(HasId, Base):
    """A track was used with a customer; `outcome` is 'worked', 'half' or 'flat'. `visit_id` names the report.
    `level`, `industry`, `role`: what kind of customer he was when it was said.

    What somebody says of a track on one day with one customer is one use: of all such words `stands` is true of the
    last, by when it was said and not by when it came. So it does not matter in which order phones deliver them.
    """

    __tablename__ = "track_use"
    __table_args__ = (Index("ix_track_use_track_id_outcome", "track_id", "outcome"),)

    track_id: Mapped[str] = mapped_column(ForeignKey("talk_track.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)
    outcome: Mapped[str] = mapped_column(String(8))
    customer_id: Mapped[str | None] = mapped_column(String(36), index=True)
    visit_id: Mapped[str | None] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    day: Mapped[date] = mapped_column(Date, default=clock.today)
    stands: Mapped[bool] = mapped_column(Boolean, default=True)
    level: Mapped[str] = mapped_column(String(1), default="")
    industry: Mapped[str] = mapped_column(String(60), default="")
    role: Mapped[str] = mapped_column(String(20), default="")

    @classmethod
    def record(
        cls,
        track_id: str,
        outcome: str,
        by_id: str,
        customer_id: str | None = None,
        visit_id: str | None = None,
        id: str | None = None,
        kind: Kind = Kind(),  # noqa: B008 (it cannot be changed)
    ) -> "TrackUse":
        """Note how a track did, in the version that stood when it was said. What a report says takes the place of what
        it said before, and keeps its day."""
        before = cls.forget(visit_id) if visit_id else None
        track = db.session.get_one(TalkTrack, track_id)
        use = cls(id=id or new_id(), track_id=track_id, outcome=outcome, by_id=by_id, **kind._asdict())
        use.customer_id, use.visit_id = customer_id, visit_id
        use.at, use.day = before or (clock.now(), clock.today())
        use.version = track.version_at(use.at)
        db.session.add(use)
        cls.settle(cls.by_id == by_id, cls.track_id == track_id, cls.customer_id == customer_id, cls.day == use.day)
        return use

    @classmethod
    def forget(cls, visit_id: str) -> tuple[datetime, date] | None:
        """The report no longer says that a track was used. When it had been, if it was."""
        said = list(db.session.scalars(select(cls).where(cls.visit_id == visit_id)))
        if said:
            db.session.execute(delete(cls).where(cls.visit_id == visit_id))
        for use in said:
            mine = (cls.by_id == use.by_id, cls.track_id == use.track_id, cls.customer_id == use.customer_id)
            cls.settle(*mine, cls.day == use.day)
        return (said[0].at, said[0].day) if said else None

    @classmethod
    def settle(cls, *which: Any) -> None:
        """Of each person's words on one day about a track with a customer let only the last one stand."""
        last: dict[tuple[Any, ...], TrackUse] = {}
        for use in db.session.scalars(select(cls).where(*which).order_by(cls.at, cls.id)):
            of = (use.by_id, use.track_id, use.customer_id, use.day)
            if of in last:
                last[of].stands = False
            use.stands = True
            last[of] = use
