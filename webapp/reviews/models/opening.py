from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.outbox.models import Receipt


class Opening(HasId, Base):
    """Somebody has read this: a leader's is the rep's third tick. `at`: the first time; `last_at`: what was said until then, he knows."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "by_id"),)

    subject: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()

    @classmethod
    def note(
        cls, kind: str, subject_id: str, by: User, at: datetime | None = None, seen: datetime | None = None
    ) -> None:
        """Remember that this person had it before his eyes; a leader's first time is told to the sender's receipt.

        `at`: when, if not now; `seen`: up to when what he read was the newest, for a page of a phone may be older than
        the moment at which it is opened, and nobody has read what was said in between.
        """
        mine = select(cls).where(cls.subject == kind, cls.subject_id == subject_id, cls.by_id == by.id)
        opened = at or clock.now()
        seen = seen or opened
        known = db.session.scalar(mine)
        if known is not None:
            known.at, known.last_at = min(known.at, opened), max(known.last_at, seen)
            return
        db.session.add(cls(subject=kind, subject_id=subject_id, by_id=by.id, at=opened, last_at=seen))
        if by.may_review:
            Receipt.opened(subject_id, at)
