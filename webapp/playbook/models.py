from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

SITUATIONS = ("opening", "spin", "pain", "objection", "comparison", "closing", "after_sales", "complaint", "care")
OUTCOMES = ("worked", "half", "flat")


class TalkTrack(HasId, Base):
    """What to say in one situation: pain → selling point → solution with evidence → call to action.

    Empty `industries`, `stages` or `levels` mean all. `heard` holds what the customer says, a line each; `line` is
    the one sentence that carries. `state`: 'draft', 'approved' or 'retired'; `slug` names a track of the starter library.
    """

    __tablename__ = "talk_track"

    slug: Mapped[str | None] = mapped_column(String(80), index=True)
    language: Mapped[str] = mapped_column(String(10), default="zh")
    title: Mapped[str] = mapped_column(String(100))
    situation: Mapped[str] = mapped_column(String(16), index=True)
    heard: Mapped[str] = mapped_column(Text, default="")
    line: Mapped[str] = mapped_column(String(120), default="")
    pain: Mapped[str] = mapped_column(Text, default="")
    selling_point: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    call_to_action: Mapped[str] = mapped_column(Text, default="")
    product: Mapped[str] = mapped_column(String(100), default="")
    industries: Mapped[list[str]] = mapped_column(JSON, default=list)
    stages: Mapped[list[str]] = mapped_column(JSON, default=list)
    levels: Mapped[list[str]] = mapped_column(JSON, default=list)
    next_slugs: Mapped[list[str]] = mapped_column(JSON, default=list)
    figures_valid_until: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    approved_by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    search_key: Mapped[str] = mapped_column(Text, default="")

    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])


class TrackVersion(HasId, Base):
    """How a track read before it was changed; `body` holds its words field by field."""

    __tablename__ = "track_version"

    track_id: Mapped[str] = mapped_column(ForeignKey("talk_track.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    body: Mapped[dict[str, str]] = mapped_column(JSON)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


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
