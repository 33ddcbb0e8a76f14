from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

SUBJECTS = ("plan", "daily", "visit")


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


class Opening(HasId, Base):
    """A supervisor has opened this; the rep's third tick."""

    __tablename__ = "opening"
    __table_args__ = (Index("ix_opening_subject_subject_id", "subject", "subject_id"),)

    subject: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[str] = mapped_column(String(36))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
