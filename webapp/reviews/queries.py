"""What waits for a supervisor, and what was said about a thing."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, func, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from webapp.accounts.access import visible_to
from webapp.accounts.handsets import Handset, loaded
from webapp.accounts.models import User
from webapp.customers.models import Customer, LevelChange
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox.arrivals import Quarantined
from webapp.reviews.models import Comment, Opening, Review
from webapp.reviews.quarantine_queries import undecided, waiting_for
from webapp.visits.models import DailyReport, DayPlan, Report

URGENT_DAYS = 14


@dataclass
class Queue:
    """Everything that waits, the urgent first."""

    urgent: list[Report]
    complaints: list[Customer]
    dailies: list[DailyReport]
    plans: list[DayPlan]
    proposals: list[LevelChange]
    held: list[tuple[Quarantined, Customer | None]]
    phones: list[Handset]

    @property
    def is_empty(self) -> bool:
        waiting = self.urgent or self.complaints or self.dailies or self.plans or self.proposals
        return not (waiting or self.held or self.phones)


def queue(user: User) -> Queue:
    """What waits for this person, in a number of queries that does not grow."""
    return Queue(
        urgent=list(db.session.scalars(_urgent(user).options(joinedload(Report.customer), joinedload(Report.author)))),
        complaints=list(db.session.scalars(_complaints(user).options(joinedload(Customer.owner)).limit(20))),
        dailies=list(db.session.scalars(_handed_in(DailyReport, user).options(joinedload(DailyReport.user)))),
        plans=list(
            db.session.scalars(_handed_in(DayPlan, user).options(joinedload(DayPlan.user), selectinload(DayPlan.stops)))
        ),
        proposals=list(
            db.session.scalars(_proposals(user).options(joinedload(LevelChange.customer), joinedload(LevelChange.by)))
        ),
        held=waiting_for(user),
        phones=loaded(user),
    )


def waiting(user: User) -> int:
    """How many things wait: the count on the tab. One query."""
    parts = [_urgent(user), _handed_in(DailyReport, user), _handed_in(DayPlan, user), _proposals(user), undecided(user)]
    ids = [part.order_by(None).with_only_columns(literal(1).label("one")) for part in parts]
    return db.session.scalar(select(func.count()).select_from(union_all(*ids).subquery())) or 0


def _handed_in(model: Any, user: User) -> Any:
    """Plans or daily reports of one's people (not one's own) that wait for a sign-off, the oldest day first."""
    return (
        select(model)
        .where(model.state == "handed_in", model.user_id != user.id, visible_to(user, model.user_id))
        .order_by(model.day, model.handed_in_at)
    )


def _urgent(user: User) -> Any:
    """Reports sent as urgent that this person has not opened yet."""
    since = clock.now() - timedelta(days=URGENT_DAYS)
    opened = exists().where(and_(Opening.subject_id == Report.id, Opening.by_id == user.id))
    recent = select(Report).where(Report.is_urgent, Report.filed_at > since, Report.author_id != user.id)
    return recent.where(visible_to(user, Report.author_id), ~opened).order_by(Report.filed_at.desc())


def _complaints(user: User) -> Any:
    return Customer.visible_to(user).where(Customer.open_complaint != "").order_by(Customer.complaint_since)


def _proposals(user: User) -> Any:
    return (
        select(LevelChange)
        .join(LevelChange.customer)
        .where(LevelChange.state == "proposed", LevelChange.by_id != user.id, visible_to(user, Customer.owner_id))
        .order_by(LevelChange.at)
    )


def thread(kind: str, subject_id: str) -> list[Review | Comment]:
    """Everything that was said and decided about it, oldest first."""
    said: list[Review | Comment] = []
    for model in (Review, Comment):
        rows = select(model).options(joinedload(model.by)).where(model.subject == kind, model.subject_id == subject_id)
        said += db.session.scalars(rows)
    return sorted(said, key=lambda row: row.at)
