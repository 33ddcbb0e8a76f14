import re
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    and_,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation import clock, words
from webapp.foundation.db import Base, UtcDateTime, db

SIGNED = ("daily", "plan", "concession_request")
OPENED = (*SIGNED, "report")

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Told(NamedTuple):
    """What a list says of a receipt."""

    id: str
    location: str
    kind: str
    title: str
    filed_at: datetime
    opened_at: datetime | None
    settled_at: datetime | None
    verdict: str

    @property
    def heading(self) -> str:
        """The title as this reader writes it: a day is stored as its ISO date."""
        return words.day(date.fromisoformat(self.title)) if ISO_DAY.fullmatch(self.title) else self.title


class Receipt(Base):
    """The proof that a form has arrived: its id and the digest of what it said. Kept for ever.

    `subject_id` is the report, plan or day that it filed (its own id, if the form made a row of that name);
    `opened_at` and `settled_at` are told by the rooms above when somebody opens or signs off what was sent;
    `verdict` says how it was settled ('approved' or 'returned'). What came from a phone's outbox keeps the phone's name and
    its number there (`device_id`, `seq`).
    """

    __tablename__ = "receipt"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    path: Mapped[str] = mapped_column(String(300))
    fingerprint: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(300), default="", index=True)
    subject_id: Mapped[str] = mapped_column(String(36), default="", index=True)
    kind: Mapped[str] = mapped_column(String(30), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    verdict: Mapped[str] = mapped_column(String(20), default="")
    device_id: Mapped[str] = mapped_column(String(36), default="")
    seq: Mapped[int] = mapped_column(Integer, default=0)

    heading = Told.heading

    @classmethod
    def sent_back(cls) -> ColumnElement[bool]:
        """The condition of having been returned, spelled so that its small index serves it on every page."""
        return cls.verdict == literal_column("'returned'")

    @classmethod
    def opened(cls, subject_id: str, at: datetime | None = None) -> None:
        """Somebody for whom it was meant has opened this report, plan or day (`at`: earlier than now); the first time counts."""
        unopened = update(cls).where(cls.subject_id == subject_id, cls.kind.in_(OPENED), cls.opened_at.is_(None))
        db.session.execute(unopened.values(opened_at=at or clock.here()))

    @classmethod
    def settled(cls, subject_id: str, verdict: str) -> None:
        """The version last handed in has been signed off ('approved') or sent back ('returned'); what was decided
        about earlier ones stays as it was."""
        about = and_(cls.subject_id == subject_id, cls.kind.in_(SIGNED))
        last = select(func.max(cls.filed_at)).where(about).scalar_subquery()
        undecided = update(cls).where(about, or_(cls.settled_at.is_(None), cls.filed_at == last))
        db.session.execute(
            undecided.values(settled_at=clock.here(), verdict=verdict).execution_options(synchronize_session=False)
        )
        db.session.expire_all()


Index("ix_receipt_user_id_filed_at", Receipt.user_id, Receipt.filed_at)
Index(
    "ix_receipt_returned",
    Receipt.user_id,
    Receipt.verdict,
    sqlite_where=Receipt.sent_back(),
    postgresql_where=Receipt.sent_back(),
)
