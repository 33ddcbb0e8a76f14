"""Everything that happened with one customer, page by page into the past."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from webapp.customers.models import Customer, HistoryEntry, LevelChange
from webapp.foundation.db import as_id, db
from webapp.outbox.arrivals import Announced, of_entries

PAGE = 30


@dataclass(frozen=True)
class HistoryPage:
    """`before`: what to ask for to go on into the past, or None at the beginning of it."""

    entries: list[HistoryEntry]
    before: str | None
    announced: dict[str, list[Announced]]


def page_of(customer: Customer, before: str | None = None) -> HistoryPage:
    """The newest entries, or those before the entry with this id. At most three queries."""
    mine = select(HistoryEntry).where(HistoryEntry.customer_id == customer.id)
    last = db.session.get(HistoryEntry, as_id(before)) if as_id(before) else None
    if last is not None and last.customer_id == customer.id:
        mine = mine.where(_is_before(last.at, last.id))
    newest = mine.order_by(HistoryEntry.at.desc(), HistoryEntry.id.desc()).options(joinedload(HistoryEntry.by))
    found = list(db.session.scalars(newest.limit(PAGE + 1)))
    return HistoryPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None, announced_with(found[:PAGE]))


def announced_with(entries: list[HistoryEntry]) -> dict[str, list[Announced]]:
    """By the entry's id: the photos and voice notes that were announced with the visits among these. At most one query."""
    visits = {entry.id: entry.url.rsplit("/", 1)[-1] for entry in entries if entry.kind == "visit"}
    found = of_entries(visits.values()) if visits else {}
    return {entry_id: found.get(report_id, []) for entry_id, report_id in visits.items()}


def levels_of(customer: Customer) -> list[LevelChange]:
    """Every change of the level and every proposal, the newest first. One query."""
    changes = select(LevelChange).where(LevelChange.customer_id == customer.id).options(joinedload(LevelChange.by))
    return list(db.session.scalars(changes.order_by(LevelChange.at.desc(), LevelChange.id.desc()).limit(100)))


def _is_before(at: datetime, entry_id: str) -> ColumnElement[bool]:
    return or_(HistoryEntry.at < at, and_(HistoryEntry.at == at, HistoryEntry.id < entry_id))
