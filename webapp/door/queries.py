"""One door card, gathered from all rooms below by a number of queries that does not grow with what they hold."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from webapp.attention import queries as attention
from webapp.attention.queries import AttentionList
from webapp.customers.histories import announced_with
from webapp.customers.models import Contact, Customer, HistoryEntry, LevelChange
from webapp.door import portrait, talking
from webapp.foundation.db import db
from webapp.outbox.arrivals import Announced
from webapp.playbook import queries as playbook
from webapp.playbook.models import TalkTrack
from webapp.visits.models import Promise, Report

LATEST_REPORTS = 4
LATEST_HISTORY = 4
PROMISES, SETTLED = 60, 3
LEVELS = 6


@dataclass(frozen=True)
class Promises:
    """`open`: the one that is due first comes first; `settled`: the latest of those kept or broken."""

    open: list[Promise]
    settled: list[Promise]

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


@dataclass(frozen=True)
class DoorCard:
    customer: Customer
    people: list[Contact]
    attention: AttentionList
    promises: Promises
    reports: list[Report]
    points: list[str]
    line: TalkTrack | None
    levels: list[LevelChange]
    history: list[HistoryEntry]
    history_count: int
    announced: dict[str, list[Announced]]
    figures: Figures

    @property
    def met(self) -> Contact | None:
        """Whom one spoke with last: most likely also the person of whom one notices something now."""
        return next((person for report in self.reports for person in report.met if person.left_at is None), None)

    @property
    def noted_people(self) -> list[Contact]:
        """Those of whom something was noted."""
        items = [*self.attention.live, *self.attention.flat]
        return list({item.contact.id: item.contact for item in items if item.contact}.values())

    @property
    def portrait(self) -> portrait.Rows:
        return portrait.portrait(self.customer)

    @property
    def level_changes(self) -> list[LevelChange]:
        return [change for change in self.levels if change.state == "applied"]

    @property
    def proposals(self) -> list[LevelChange]:
        return [change for change in self.levels if change.state == "proposed"]


def card(customer: Customer) -> DoorCard:
    """All that the page of one customer shows."""
    reports = latest_reports(customer.id)
    history, history_count = latest_history(customer.id)
    return DoorCard(
        customer=customer,
        people=customer.people,
        attention=attention.items(customer.id),
        promises=promises(customer.id),
        reports=reports,
        points=talking.points(customer, reports),
        line=playbook.best_line(customer),
        levels=level_changes(customer.id),
        history=history,
        history_count=history_count,
        announced=announced_with(history),
        figures=figures(customer.id),
    )


def promises(customer_id: str) -> Promises:
    is_open = Promise.state == "open"
    given = select(Promise).where(Promise.customer_id == customer_id).options(joinedload(Promise.contact))
    ordered = given.order_by(
        is_open.desc(),
        case((is_open, Promise.due_on)).is_(None),
        case((is_open, Promise.due_on)),
        Promise.settled_at.desc(),
    )
    found = list(db.session.scalars(ordered.limit(PROMISES)))
    settled = [promise for promise in found if not promise.is_open]
    return Promises(open=[promise for promise in found if promise.is_open], settled=settled[:SETTLED])


def latest_reports(customer_id: str) -> list[Report]:
    written = (
        select(Report).where(Report.customer_id == customer_id).order_by(Report.day.desc(), Report.filed_at.desc())
    )
    said = load_only(
        Report.day,
        Report.objection_said,
        Report.needs,
        Report.customer_said,
        Report.next_step,
        Report.competitor_news,
        Report.result,
    )
    return list(db.session.scalars(written.options(said, selectinload(Report.met)).limit(LATEST_REPORTS)))


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
