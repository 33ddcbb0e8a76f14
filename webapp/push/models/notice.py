from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, UniqueConstraint, event, func, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import at_hand, clock, later
from webapp.foundation.db import Base, HasId, UtcDateTime, db, insert_unless_there, new_id
from webapp.push.models.delivery import Delivery
from webapp.push.words import KINDS

CARRY = "webapp.push.carrying.carry"
_POST = "post"


class Notice(HasId, Base):
    """One thing that one person is told. Written in the transaction of the fact that caused it, so neither is without
    the other; told once for each `key`."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "subject", "key"),
        Index("ix_notice_user_id_at", "user_id", "at"),
        Index("ix_notice_user_id_read_at", "user_id", "read_at"),
    )

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(36), default="")
    key: Mapped[str] = mapped_column(String(40), default="")
    url: Mapped[str] = mapped_column(String(300))
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=user_id)
    by: Mapped[User | None] = relationship(foreign_keys=by_id)

    @classmethod
    def visible_to(cls, user: User) -> Select["Notice"]:
        """One's own; nobody reads another's post."""
        return select(cls).where(cls.user_id == user.id)

    def has_a_newer_one(self) -> bool:
        """Whether a later one of its kind waits to be read too: that one goes out, and says how many there are."""
        newer = select(Notice.id).where(Notice.user_id == self.user_id, Notice.kind == self.kind)
        newer = newer.where(Notice.read_at.is_(None), tuple_(Notice.at, Notice.id) > (self.at, self.id))
        return db.session.scalar(newer.limit(1)) is not None

    def next_round(self) -> int:
        """The number under which it goes out once more."""
        rounds = select(func.max(Delivery.round)).where(Delivery.notice_id == self.id)
        return (db.session.scalar(rounds) or 0) + 1


def notify(
    kind: str,
    to: Iterable[User | str],
    *,
    subject: str = "",
    url: str,
    title: str = "",
    text: str = "",
    by: User | str | None = None,
    key: str = "",
) -> None:
    """Tell these people that something happened, in the caller's transaction (see webapp/push/__init__.py)."""
    if kind not in KINDS:
        raise KeyError(kind)
    by_id, at = _id(by) if by else None, clock.here()
    said = {
        "kind": kind,
        "subject": subject,
        "url": url[:300],
        "title": title[:200],
        "text": text[:2000],
        "by_id": by_id,
    }
    people = sorted(_still_here(list(to)) - {by_id})
    rows = [{"id": new_id(), "user_id": user_id, "key": key or new_id(), "at": at, **said} for user_id in people]
    for row in _kept(rows, is_keyed=bool(key)):
        db.session.info.setdefault(_POST, defaultdict(list))[row["user_id"]].append(row["id"])


def _kept(rows: list[dict[str, Any]], is_keyed: bool) -> list[dict[str, Any]]:
    """Those of these notices that are told now: of one that has a key only the first."""
    if not is_keyed or not rows:
        for row in rows:
            at_hand.put_by(Notice, row)
        return rows
    new = set(db.session.scalars(insert_unless_there(Notice).returning(Notice.id), rows))
    return [row for row in rows if row["id"] in new]


@event.listens_for(db.session, "before_commit")
def _give_to_the_carrier(session: Session) -> None:
    """All that one transaction says to one person is one work. What a savepoint has taken back the carrier does not find."""
    if not session.in_nested_transaction():
        for ids in session.info.pop(_POST, {}).values():
            later.put_off(later.works[CARRY], ids)


@event.listens_for(db.session, "after_soft_rollback")
def _never_said(session: Session, _previous: Any) -> None:
    if not session.in_transaction():
        session.info.pop(_POST, None)


def _still_here(people: list[User | str]) -> set[str]:
    """The ids of those whose account is open; who is loaded is not asked for again."""
    known = {person.id for person in people if isinstance(person, User) and person.is_active}
    if ids := [person for person in people if isinstance(person, str)]:
        known.update(db.session.scalars(select(User.id).where(User.id.in_(ids), User.disabled_at.is_(None))))
    return known


def _id(person: User | str) -> str:
    return person if isinstance(person, str) else str(person.get_id())
