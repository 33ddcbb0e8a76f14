from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.outbox.models import Receipt


class Opening(HasId, Base):
    """Somebody has read this: a leader's is the rep's third tick. `at`: the first time, `last_at`: the latest."""

    __tablename__ = "opening"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "by_id"),)

    subject: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()

    @classmethod
    def note(cls, kind: str, subject_id: str, by: User) -> None:
        """Remember that this person has it before his eyes; a leader's first time is told to the sender's receipt."""
        mine = select(cls).where(cls.subject == kind, cls.subject_id == subject_id, cls.by_id == by.id)
        known = db.session.scalar(mine)
        if known is not None:
            known.last_at = clock.now()
            return
        db.session.add(cls(subject=kind, subject_id=subject_id, by_id=by.id, at=clock.now(), last_at=clock.now()))
        if by.may_review:
            Receipt.opened(subject_id)
