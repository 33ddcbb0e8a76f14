"""What waits for a supervisor, the urgent first, and what comes after what."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, func, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from webapp.accounts.access import visible_to
from webapp.accounts.handsets import Handset, loaded
from webapp.accounts.models import User
from webapp.bargain.models import Concession
from webapp.bargain.queries import waiting_for as concessions_for
from webapp.customers.models import Customer, LevelChange
from webapp.foundation import clock, packing
from webapp.foundation.db import db
from webapp.outbox.arrivals import Quarantined
from webapp.playbook.library import brief
from webapp.playbook.models import TalkTrack
from webapp.playbook.shelves import waiting_for as tracks_for
from webapp.reviews.missing import Missing, Twins, missing, twins
from webapp.reviews.models import Opening
from webapp.reviews.quarantine_queries import undecided, waiting_for
from webapp.urgent.models import Complaint, MarketReport
from webapp.urgent.queries import open_complaints, open_now
from webapp.visits.models import DailyReport, DayPlan, Report

URGENT_DAYS = 14
MOST = 60


@dataclass
class Queue:
    """Everything that waits, the urgent first."""

    complaints: list[Complaint]
    held: list[tuple[Quarantined, Customer | None]]
    market: list[MarketReport]
    urgent: list[Report]
    concessions: list[Concession]
    plans: list[DayPlan]
    dailies: list[DailyReport]
    twins: list[Twins]
    proposals: list[LevelChange]
    tracks: list[TalkTrack]
    missing: list[Missing]
    phones: list[Handset]

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())

    @property
    def pressing(self) -> int:
        return len(self.complaints) + len(self.held) + len(self.market) + len(self.urgent)


def queue(user: User) -> Queue:
    """What waits for this person, in a number of queries that does not grow."""
    found = db.session.scalars
    of_report, of_level = (joinedload(Report.customer), joinedload(Report.author)), joinedload(LevelChange.customer)
    plans = _handed_in(DayPlan, user).options(joinedload(DayPlan.user), selectinload(DayPlan.stops))
    market = _market(user).options(joinedload(MarketReport.author), joinedload(MarketReport.customer))
    return Queue(
        complaints=open_now(user),
        held=waiting_for(user),
        market=list(found(market)),
        urgent=list(found(_urgent(user).options(*of_report))),
        concessions=list(
            found(concessions_for(user).options(joinedload(Concession.customer), joinedload(Concession.by)).limit(MOST))
        ),
        plans=list(found(plans)),
        dailies=list(found(_handed_in(DailyReport, user).options(joinedload(DailyReport.user)))),
        twins=twins(user),
        proposals=list(found(_proposals(user).options(of_level, joinedload(LevelChange.by)))),
        tracks=list(found(brief(tracks_for(user)).options(joinedload(TalkTrack.owner)).limit(MOST))),
        missing=missing(user),
        phones=[] if packing.is_packing() else loaded(user),
    )


def waiting(user: User) -> int:
    """How many things wait: the count on the tab. One query."""
    parts = [_urgent(user), _market(user), open_complaints(user), _handed_in(DailyReport, user)]
    parts += [_handed_in(DayPlan, user), _proposals(user), undecided(user), tracks_for(user), concessions_for(user)]
    ids = [part.order_by(None).limit(None).with_only_columns(literal(1).label("one")) for part in parts]
    return db.session.scalar(select(func.count()).select_from(union_all(*ids).subquery())) or 0


def order(user: User) -> list[str]:
    """The addresses of all that has a page of its own, in the order of the queue. Six queries."""
    kinds: list[tuple[str, Any, Any]] = [
        ("complaint", Complaint, open_complaints(user)),
        ("market", MarketReport, _market(user)),
        ("visit", Report, _urgent(user)),
        ("concession", Concession, concessions_for(user).limit(MOST)),
        ("plan", DayPlan, _handed_in(DayPlan, user)),
        ("daily", DailyReport, _handed_in(DailyReport, user)),
    ]
    return [
        f"/reviews/{kind}/{id}"
        for kind, model, rows in kinds
        for id in db.session.scalars(rows.with_only_columns(model.id))
    ]


def neighbours(user: User, path: str) -> tuple[str, str]:
    """What comes before this one and what after it; "" at an end. What is not in the queue any more is followed by its head."""
    paths = order(user)
    if path not in paths:
        return "", paths[0] if paths else ""
    here = paths.index(path)
    return (paths[here - 1] if here else ""), (paths[here + 1] if here + 1 < len(paths) else "")


def _handed_in(model: Any, user: User) -> Any:
    """Plans or daily reports of one's people (not one's own) that wait for a sign-off, the oldest day first."""
    rows = select(model).where(model.state == "handed_in", model.user_id != user.id, visible_to(user, model.user_id))
    return rows.order_by(model.day, model.handed_in_at, model.id).limit(MOST)


def _unopened(model: Any, user: User, at: Any, author: Any) -> Any:
    """What came lately from one's people and this person has not opened yet."""
    since = clock.now() - timedelta(days=URGENT_DAYS)
    opened = exists().where(and_(Opening.subject_id == model.id, Opening.by_id == user.id))
    recent = select(model).where(at > since, author != user.id, visible_to(user, author), ~opened)
    return recent.order_by(at.desc(), model.id).limit(MOST)


def _urgent(user: User) -> Any:
    """Reports sent as urgent; a complaint of a visit stands among the complaints."""
    complained = exists().where(Complaint.report_id == Report.id)
    return _unopened(Report, user, Report.filed_at, Report.author_id).where(Report.is_urgent, ~complained)


def _market(user: User) -> Any:
    return _unopened(MarketReport, user, MarketReport.at, MarketReport.author_id)


def _proposals(user: User) -> Any:
    return (
        select(LevelChange)
        .join(LevelChange.customer)
        .where(LevelChange.state == "proposed", LevelChange.by_id != user.id, visible_to(user, Customer.owner_id))
        .order_by(LevelChange.at)
        .limit(MOST)
    )
