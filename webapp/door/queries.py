"""What the door card reads of the rooms below, each in one query however much there is."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, load_only

from webapp.customers.models import HistoryEntry, LevelChange
from webapp.foundation.db import db
from webapp.foundation.proving import Ratio
from webapp.visits.models import Promise, Report
from webapp.visits.promise_rates import settled_at

LATEST_REPORTS = 4
LATEST_HISTORY = 4
PROMISES, SETTLED = 60, 3
LEVELS = 6


@dataclass(frozen=True)
class Promises:
    """`open`: the one that is due first comes first; `settled`: the latest of those kept or broken; `ours` and `theirs`:
    what came of all of them."""

    open: list[Promise]
    settled: list[Promise]
    ours: Ratio
    theirs: Ratio

    @property
    def count(self) -> int:
        return len(self.open) + len(self.settled)


@dataclass(frozen=True)
class Figures:
    """What came of all visits: numbers of visits and orders, sums in cents."""

    visits: int
    moved: int
    orders: int
    order_cents: int
    collections: int
    collection_cents: int


def promises(customer_id: str) -> Promises:
    """Their contacts are those of the customer, who have been read already."""
    is_open = Promise.state == "open"
    given = select(Promise, *settled_at(Promise)).where(Promise.customer_id == customer_id)
    ordered = given.order_by(
        is_open.desc(),
        case((is_open, Promise.due_on)).is_(None),
        case((is_open, Promise.due_on)),
        Promise.settled_at.desc(),
    )
    rows = db.session.execute(ordered.limit(PROMISES)).all()
    found, sums = [row[0] for row in rows], list(rows[0][1:]) if rows else [0] * 4
    settled = [promise for promise in found if not promise.is_open]
    open_ = [promise for promise in found if promise.is_open]
    return Promises(open_, settled[:SETTLED], Ratio(*sums[:2]), Ratio(*sums[2:]))


def latest_reports(customer_id: str) -> list[Report]:
    written = (
        select(Report).where(Report.customer_id == customer_id).order_by(Report.day.desc(), Report.filed_at.desc())
    )
    said = load_only(
        Report.day,
        Report.objections,
        Report.objection_said,
        Report.needs,
        Report.customer_said,
        Report.next_step,
        Report.competitor_news,
        Report.result,
    )
    return list(db.session.scalars(written.options(said, joinedload(Report.met)).limit(LATEST_REPORTS)).unique())


def latest_history(customer_id: str) -> tuple[list[HistoryEntry], int]:
    """The latest entries, and how many there are in all. One query."""
    entries = select(HistoryEntry, func.count().over()).where(HistoryEntry.customer_id == customer_id)
    latest = entries.options(joinedload(HistoryEntry.by)).order_by(HistoryEntry.at.desc(), HistoryEntry.id.desc())
    found = db.session.execute(latest.limit(LATEST_HISTORY)).all()
    return [entry for entry, _count in found], found[0][1] if found else 0


def level_changes(customer_id: str) -> list[LevelChange]:
    """Open proposals first, then the latest changes."""
    changes = select(LevelChange).where(
        LevelChange.customer_id == customer_id, LevelChange.state.in_(("applied", "proposed"))
    )
    ordered = changes.order_by((LevelChange.state == "proposed").desc(), LevelChange.at.desc(), LevelChange.id.desc())
    return list(db.session.scalars(ordered.options(joinedload(LevelChange.by)).limit(LEVELS)))


def figures(customer_id: str) -> Figures:
    sums = select(
        func.count(),
        func.sum(case((Report.result.in_(("ordered", "progress")), 1), else_=0)),
        func.sum(case((Report.order_cents > 0, 1), else_=0)),
        func.sum(Report.order_cents),
        func.sum(case((Report.collection_cents > 0, 1), else_=0)),
        func.sum(Report.collection_cents),
    )
    return Figures(
        *(int(value or 0) for value in db.session.execute(sums.where(Report.customer_id == customer_id)).one())
    )
