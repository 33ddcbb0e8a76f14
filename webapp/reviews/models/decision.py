from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.foundation.facts import tell
from webapp.outbox.models import Receipt
from webapp.reviews.facts import Decided, DecidedTooLate
from webapp.reviews.models.opening import Opening


class HandedIn(HasId, Base):
    """What a plan or daily report said when it was handed in: with it two versions are held against each other."""

    __tablename__ = "handed_in"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "version"),)

    subject: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(36), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    @classmethod
    def of(cls, kind: str, subject_id: str, version: int) -> "HandedIn | None":
        mine = select(cls).where(cls.subject == kind, cls.subject_id == subject_id, cls.version == version)
        return db.session.scalar(mine)


class Review(HasId, Base):
    """What a supervisor decided about one version of a plan or daily report. `verdict`: 'approved' or 'returned'.

    `is_outdated`: when it arrived there was another version already (or one was being written); it settles nothing, and
    both read what had changed.
    """

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_subject_subject_id", "subject", "subject_id"),)

    subject: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(Text, default="")
    is_outdated: Mapped[bool] = mapped_column(Boolean, default=False)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()

    @classmethod
    def decide(cls, kind: str, subject: Any, verdict: str, version: int, words: str, by: User, id: str) -> "Review":
        """Sign off or send back this version; if it is not the one that stands any more, that is on record, and no more."""
        stands = subject.version == version and subject.state in ("handed_in", "approved")
        review = cls(id=id, subject=kind, subject_id=subject.id, version=version, verdict=verdict, comment=words)
        review.by_id, review.is_outdated, review.at = by.id, not stands, clock.now()
        db.session.add(review)
        Opening.note(kind, subject.id, by)
        if stands:
            subject.settle(verdict)
            Receipt.settled(subject.id, verdict)
            tell(Decided(review, subject))
        else:
            tell(DecidedTooLate(review, subject))
        return review
