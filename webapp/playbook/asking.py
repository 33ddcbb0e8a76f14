"""What the playbook is asked for a customer, and what was tried with him already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all

from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.playbook.models import Kind, Misfit, TrackUse
from webapp.playbook.standing import kind_of

FELL_FLAT = (TrackUse.stands, TrackUse.outcome == "flat")


@dataclass(frozen=True)
class Asking:
    """All of a customer that decides which lines fit him. `heard`: with what he put one off last time (codes of
    words.HEARD); `unfit`: tracks that are not for him; `flat`: those that fell flat with him (ids)."""

    stage: str
    kind: Kind
    has_complaint: bool = False
    heard: tuple[str, ...] = ()
    unfit: frozenset[str] = frozenset()
    flat: frozenset[str] = frozenset()

    @property
    def industry(self) -> str:
        return self.kind.industry

    @property
    def level(self) -> str:
        return self.kind.level

    @property
    def open_complaint(self) -> str:
        return "yes" if self.has_complaint else ""


def asking(customer: Customer) -> Asking:
    """What the file says of him."""
    return Asking(customer.stage or "", kind_of(customer), bool(customer.open_complaint))


def tried(customer_ids: Sequence[str]) -> dict[str, dict[str, frozenset[str]]]:
    """Customer id → `unfit` and `flat`, of those who have any. One query."""
    unfit = select(Misfit.customer_id, Misfit.track_id, literal("unfit")).where(Misfit.customer_id.in_(customer_ids))
    flat = select(TrackUse.customer_id, TrackUse.track_id, literal("flat"))
    flat = flat.where(TrackUse.customer_id.in_(customer_ids), *FELL_FLAT)
    found: dict[str, dict[str, frozenset[str]]] = {}
    rows: Any = db.session.execute(union_all(unfit, flat))
    for customer_id, track_id, what in rows:
        sets = found.setdefault(customer_id, {})
        sets[what] = sets.get(what, frozenset()) | {track_id}
    return found
