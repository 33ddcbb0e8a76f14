from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import find_or_404
from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.foundation.facts import tell
from webapp.outbox.models import Receipt
from webapp.reviews.facts import Commented, Decided
from webapp.visits.models import DailyReport, DayPlan, Report

SUBJECTS: dict[str, Any] = {"plan": DayPlan, "daily": DailyReport, "visit": Report}


class Stale(Exception):
    """What was to be signed off has changed since it was seen."""


class Review(HasId, Base):
    """What a supervisor decided about one version of a plan or daily report. `verdict`: 'approved' or 'returned'."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_subject_subject_id", "subject", "subject_id"),)

    subject: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[str] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()

    @classmethod
    def decide(cls, kind: str, subject: Any, verdict: str, version: int, words: str, by: User, id: str) -> "Review":
        """Sign off or send back this version; raises Stale if it is no longer the one that stands."""
        if subject.version != version or subject.state not in ("handed_in", "approved"):
            raise Stale
        subject.settle(verdict)
        Opening.note(kind, subject.id, by)
        Receipt.settled(subject.id, verdict)
        review = cls(
            id=id, subject=kind, subject_id=subject.id, version=version, verdict=verdict, comment=words, by_id=by.id
        )
        db.session.add(review)
        tell(Decided(review, subject))
        return review


class Comment(HasId, Base):
    """A remark on a plan, a daily report or a visit."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_subject_subject_id", "subject", "subject_id"),)

    subject: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[str] = mapped_column(String(36))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()

    @classmethod
    def say(cls, kind: str, subject: Any, text: str, by: User, id: str) -> "Comment":
        """Say something about it; those whom it concerns are told."""
        comment = cls(id=id, subject=kind, subject_id=subject.id, text=text, by_id=by.id)
        db.session.add(comment)
        tell(Commented(comment, subject))
        return comment


class Opening(HasId, Base):
    """A supervisor has opened this; the rep's third tick."""

    __tablename__ = "opening"
    __table_args__ = (Index("ix_opening_subject_subject_id", "subject", "subject_id"),)

    subject: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[str] = mapped_column(String(36))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    @classmethod
    def note(cls, kind: str, subject_id: str, by: User) -> None:
        """Remember the first time that this person opened it, and tell the sender's receipt."""
        mine = select(cls.id).where(cls.subject == kind, cls.subject_id == subject_id, cls.by_id == by.id)
        if db.session.scalar(mine) is None:
            db.session.add(cls(subject=kind, subject_id=subject_id, by_id=by.id))
            Receipt.opened(subject_id)


def find(kind: str, subject_id: str, user: User) -> Any:
    """The plan, daily report or visit report that this user may see; aborts with 404."""
    model = SUBJECTS.get(kind) or abort(404)
    return find_or_404(model.visible_to(user).where(model.id == subject_id))


def whose(subject: Any) -> str:
    """The id of the person whose work it is."""
    return str(subject.author_id if isinstance(subject, Report) else subject.user_id)
