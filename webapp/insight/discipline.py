"""How people keep their forms (DOMAIN.md §10): plans and daily reports in time, a report for every visit, nothing left out.

Counted over the four weeks until yesterday, on days on which somebody worked. A plan is in time before nine on its day, a
daily report before its day is over; what was handed in again later does not make the first one late.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.proving import Ratio
from webapp.reviews.models import HandedIn
from webapp.visits.models import CheckIn, DailyReport, DayPlan, Report, ReportContact

WEEKS, PLAN_HOUR = 4, 9
POINTS = 4
"""What a report of a visit at which somebody was met says: who, what was said, what comes next, from when till when."""


@dataclass
class Forms:
    """One person's; each of the four counts alike."""

    user: User
    plans: Ratio = field(default_factory=Ratio)
    dailies: Ratio = field(default_factory=Ratio)
    reports: Ratio = field(default_factory=Ratio)
    complete: Ratio = field(default_factory=Ratio)

    @property
    def percent(self) -> int | None:
        known = [
            ratio.percent
            for ratio in (self.plans, self.dailies, self.reports, self.complete)
            if ratio.percent is not None
        ]
        return round(sum(known) / len(known)) if known else None


def window() -> tuple[date, date]:
    """The first and the last day that count."""
    last = clock.today() - timedelta(days=1)
    return last - timedelta(weeks=WEEKS) + timedelta(days=1), last


def forms_of(people: Iterable[User]) -> list[Forms]:
    """Of each of these people, in their order. Five queries."""
    found = {person.id: Forms(person) for person in people}
    worked = _worked(found)
    for kind, model, name, in_time in (
        ("plan", DayPlan, "plans", _plan_hour),
        ("daily", DailyReport, "dailies", _end_of),
    ):
        first = _first_times(kind, model, found)
        for user_id, days in worked.items():
            good = sum((user_id, day) in first and first[user_id, day] <= in_time(day) for day in days)
            setattr(found[user_id], name, Ratio(good, len(days)))
    _visits(found)
    _completeness(found)
    return list(found.values())


def _plan_hour(day: date) -> datetime:
    return clock.at(day, PLAN_HOUR)


def _end_of(day: date) -> datetime:
    return clock.day_bounds(day)[1]


def _worked(people: Iterable[str]) -> dict[str, set[date]]:
    """The days on which each of them was on the road."""
    first, last = window()
    rows = select(Report.author_id, Report.day).where(
        Report.author_id.in_(list(people)), Report.day.between(first, last)
    )
    days: dict[str, set[date]] = defaultdict(set)
    for user_id, day in db.session.execute(rows.distinct()):
        days[user_id].add(day)
    return days


def _first_times(kind: str, model: Any, people: Iterable[str]) -> dict[tuple[str, date], datetime]:
    """When each day's was handed in for the first time."""
    first, last = window()
    kept = and_(HandedIn.subject == kind, HandedIn.subject_id == model.id)
    at = func.min(func.coalesce(HandedIn.at, model.handed_in_at))
    rows = select(model.user_id, model.day, at).outerjoin(HandedIn, kept).group_by(model.user_id, model.day)
    mine = rows.where(model.user_id.in_(list(people)), model.day.between(first, last), model.handed_in_at.is_not(None))
    return {(user_id, day): handed_in for user_id, day, handed_in in db.session.execute(mine)}


def _visits(found: dict[str, Forms]) -> None:
    """Of the doors at which somebody said «I'm here», those of which there is a report of that day."""
    first, last = window()
    start, end = clock.day_bounds(first)[0], clock.day_bounds(last)[1]
    here = select(CheckIn.user_id, CheckIn.customer_id, CheckIn.at).where(CheckIn.user_id.in_(list(found)))
    arrived = {
        (user_id, customer_id, clock.local(at).date())
        for user_id, customer_id, at in db.session.execute(here.where(CheckIn.at >= start, CheckIn.at < end))
    }
    told = select(Report.author_id, Report.customer_id, Report.day).where(Report.author_id.in_(list(found)))
    reported = {tuple(row) for row in db.session.execute(told.where(Report.day.between(first, last)))}
    for visit in arrived:
        ratio = found[visit[0]].reports
        ratio.of += 1
        ratio.n += visit in reported


def _completeness(found: dict[str, Forms]) -> None:
    first, last = window()
    met = select(ReportContact.report_id).where(ReportContact.report_id == Report.id).exists()
    heard = or_(
        Report.needs != "", Report.objection_said != "", Report.customer_said != "", Report.competitor_news != ""
    )
    following = or_(Report.next_step != "", Report.next_step_on.is_not(None))
    points = (met, heard, following, and_(Report.arrived_at.is_not(None), Report.left_at.is_not(None)))
    said = sum((case((point, 1), else_=0) for point in points[1:]), case((points[0], 1), else_=0))
    nobody = case((following, POINTS), else_=0)
    sums = func.sum(case((Report.result == "absent", nobody), else_=said))
    rows = select(Report.author_id, func.count(), sums).group_by(Report.author_id)
    mine = rows.where(Report.author_id.in_(list(found)), Report.day.between(first, last))
    for user_id, n, sum_ in db.session.execute(mine):
        found[user_id].complete = Ratio(int(sum_ or 0), n * POINTS)
