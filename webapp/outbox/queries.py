"""What the outbox shows: how far everything that one has filed has got."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import starmap

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox.arrivals import Quarantined
from webapp.outbox.models import SIGNED, Receipt, Told

PAGE, HELD_DAYS = 30, 30
TOLD = [getattr(Receipt, name) for name in Told._fields]


@dataclass
class Outbox:
    """`back` is the number of those `returned`: what came back and was not handed in again since, shown on the first
    page; `older`: how many there are after these rows; `day_start`: when today began."""

    today: int
    last_at: datetime | None
    day_start: datetime
    back: int
    returned: list[Receipt]
    rows: list[Told]
    older: int
    held: list[Quarantined]


def outbox(user_id: str, before: str | None = None) -> Outbox:
    """The user's receipts, newest first, from the one before this receipt on."""
    start, _end = clock.day_bounds(clock.today())
    figures = select(func.count().filter(Receipt.filed_at >= start), func.max(Receipt.filed_at)).where(*_of(user_id))
    today, last_at = db.session.execute(figures).one()
    back = list(db.session.scalars(returned(user_id).order_by(Receipt.filed_at.desc())))
    shown = select(Receipt).where(*_of(user_id), Receipt.id.not_in([receipt.id for receipt in back]))
    if mark := db.session.scalar(select(Receipt).where(Receipt.id == before, *_of(user_id))):
        shown = shown.where(_older_than(mark))
    newest = shown.order_by(Receipt.filed_at.desc(), Receipt.id.desc()).limit(PAGE)
    rows = list(starmap(Told, db.session.execute(newest.with_only_columns(*TOLD))))
    left = shown.where(_older_than(rows[-1])).with_only_columns(func.count()) if rows else None
    older = db.session.scalar(left) if left is not None else 0
    return Outbox(
        today, last_at, start, len(back), [] if mark else back, rows, older or 0, [] if mark else held(user_id)
    )


def held(user_id: str) -> list[Quarantined]:
    """What came too late for its customer: all that waits for a decision, and what was decided in the last month."""
    recent = or_(Quarantined.decision == "", Quarantined.decided_at > clock.now() - timedelta(days=HELD_DAYS))
    rows = (
        select(Quarantined).where(Quarantined.author_id == user_id, recent).options(joinedload(Quarantined.decided_by))
    )
    return list(db.session.scalars(rows.order_by(Quarantined.arrived_at.desc()).limit(PAGE)))


def returned(user_id: str) -> Select[Receipt]:
    """What was sent back and has not been handed in again since."""
    later = aliased(Receipt)
    same = and_(later.subject_id == Receipt.subject_id, later.kind == Receipt.kind)
    again = select(later.id).where(same, later.filed_at > Receipt.filed_at)
    return select(Receipt).where(*_of(user_id), Receipt.sent_back(), Receipt.kind.in_(SIGNED), ~again.exists())


def returned_count(user_id: str) -> int:
    return db.session.scalar(select(func.count()).select_from(returned(user_id).subquery())) or 0


def _of(user_id: str) -> tuple[ColumnElement[bool], ...]:
    return Receipt.user_id == user_id, Receipt.title != ""


def _older_than(mark: Receipt | Told) -> ColumnElement[bool]:
    return tuple_(Receipt.filed_at, Receipt.id) < (mark.filed_at, mark.id)
