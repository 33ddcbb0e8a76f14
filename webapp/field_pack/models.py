"""The feed: which pages each phone carries, and since which number each is as it is."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, Text, select, true, update
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation.db import Base, UtcDateTime, db, insert_unless_there


class Feed(Base):
    """The one row that numbers all changes. Whoever raises it holds it until his commit: numbers become visible in order."""

    __tablename__ = "feed"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=0)

    @classmethod
    def raise_by(cls, n: int = 1) -> int:
        """The last of the next n numbers (n may be 0: to hold the counter, so that nobody else changes the feed)."""
        mine = update(cls).where(cls.id == 1).values(number=cls.number + n).returning(cls.number)
        mine = mine.execution_options(synchronize_session=False)
        raised = db.session.scalars(mine).one_or_none()
        if raised is None:
            db.session.execute(insert_unless_there(cls).values(id=1, number=0))
            raised = db.session.scalars(mine).one()
        return int(raised)

    @classmethod
    def now(cls) -> int:
        """The number up to which everything is to be seen; 0 before the first change."""
        return db.session.scalar(select(cls.number).where(cls.id == 1)) or 0


class Pack(Base):
    """What one person's phones carry as a whole: the pages of `day` (his own) and after. Somebody has to look again, if
    `is_stale`, at what belongs to it, and, if somebody `moved` (a customer or a person of one has come or gone), at what
    each of them has; if `lines_stale`, at which talk tracks its customers' pages show; at the days that lie
    further off, which have not been true since `days_stale_since`. `digest` is that of all addresses that a phone
    holds (field_pack.holding). Tombstones up to number `horizon` are gone."""

    __tablename__ = "pack"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    day: Mapped[date | None] = mapped_column(Date)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_stale: Mapped[bool] = mapped_column(Boolean, default=True)
    moved: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    days_stale_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lines_stale: Mapped[bool] = mapped_column(Boolean, default=False)
    digest: Mapped[str] = mapped_column(String(64), default="")
    horizon: Mapped[int] = mapped_column(BigInteger, default=0)


class Forgotten(Base):
    """Ids of somebody who was erased: up to `number` every phone lets go of what names one of them, wherever it keeps it."""

    __tablename__ = "forgotten"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PackItem(Base):
    """A page of somebody's pack. `kind` and `subject` say what it is a page of (field_pack.contents); `number` is that of
    its last change. `content` is the digest of the page as it was last rendered, with marks of its parts
    (field_pack.versions), which it has been since number `since`: a change that does not show is not sent. `line` is the
    digest of the talk tracks that a customer's card shows."""

    __tablename__ = "pack_item"
    __table_args__ = (
        Index("ix_pack_item_user_id_number", "user_id", "number"),
        Index("ix_pack_item_user_id_kind", "user_id", "kind"),
        Index("ix_pack_item_subject_kind", "subject", "kind"),
    )

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    url: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(36), default="")
    number: Mapped[int] = mapped_column(BigInteger)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[int] = mapped_column(BigInteger, default=0)
    line: Mapped[str] = mapped_column(String(32), default="")
