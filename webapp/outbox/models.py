from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation import clock
from webapp.foundation.db import Base, UtcDateTime, db


class Receipt(Base):
    """The proof that a form has arrived: its id and the digest of what it said. Kept for ever.

    `subject_id` is the report, plan or day that it filed (its own id, if the form made a row of that name);
    `opened_at` and `settled_at` are told by the rooms above when somebody opens or signs off what was sent;
    `verdict` says how it was settled ('approved' or 'returned').
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_user_id_filed_at", "user_id", "filed_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    path: Mapped[str] = mapped_column(String(300))
    fingerprint: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(300), default="", index=True)
    subject_id: Mapped[str] = mapped_column(String(36), default="", index=True)
    kind: Mapped[str] = mapped_column(String(30), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    verdict: Mapped[str] = mapped_column(String(20), default="")

    @classmethod
    def opened(cls, subject_id: str) -> None:
        """Somebody for whom it was meant has opened this report, plan or day; the first time counts."""
        unopened = update(cls).where(cls.subject_id == subject_id, cls.opened_at.is_(None))
        db.session.execute(unopened.values(opened_at=clock.now()))

    @classmethod
    def settled(cls, subject_id: str, verdict: str) -> None:
        """It has been signed off ('approved') or sent back ('returned')."""
        about = update(cls).where(cls.subject_id == subject_id)
        db.session.execute(about.values(settled_at=clock.now(), verdict=verdict))

    @classmethod
    def of(cls, user_id: str, most: int = 50) -> list["Receipt"]:
        """The user's latest receipts that have a title to show, newest first."""
        mine = select(cls).where(cls.user_id == user_id, cls.title != "")
        return list(db.session.scalars(mine.order_by(cls.filed_at.desc()).limit(most)))
