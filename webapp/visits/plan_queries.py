"""What the page of a day needs: the visits with their one-line reminder, what is worth adding, what is due."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func, select

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.foundation.geo import distance_m
from webapp.visits.models import DailyReport, DayPlan, Report, Stop
from webapp.visits.reminders import Reminder, reminders_for
from webapp.visits.route import Place, length_m
from webapp.visits.suggestions import Suggestion, candidates, ranked


@dataclass
class PlannedStop:
    """A visit of the day as the page shows it; `distance_m` is from the stop before."""

    stop: Stop
    reminder: Reminder | None
    distance_m: float | None
    report: Report | None


@dataclass
class DayPage:
    plan: DayPlan | None
    stops: list[PlannedStop]
    unplanned: list[Report]
    daily: DailyReport | None
    length_m: float
    suggestions: list[Suggestion] = field(default_factory=list)
    copyable: DayPlan | None = None

    @property
    def open_stops(self) -> list[PlannedStop]:
        return [s for s in self.stops if not s.report]

    @property
    def done_stops(self) -> list[PlannedStop]:
        return [s for s in self.stops if s.report]


def day_page(user: User, day: date, today: date) -> DayPage:
    """Everything the page of this day shows to the rep himself, in a number of queries that does not grow."""
    plan = db.session.scalar(select(DayPlan).where(DayPlan.user_id == user.id, DayPlan.day == day))
    stops = list(plan.stops) if plan else []
    reports = _reports(user, day)
    suggested = [] if day < today else candidates(user, day, stops)
    reminders = reminders_for([s.customer for s in stops] + suggested, day)
    by_customer = {report.customer_id: report for report in reports}
    planned = [
        PlannedStop(stop, reminders.get(stop.customer_id), away, by_customer.get(stop.customer_id))
        for stop, away in zip(stops, _distances(stops), strict=True)
    ]
    known = {stop.customer_id for stop in stops}
    return DayPage(
        plan=plan,
        stops=planned,
        unplanned=[report for report in reports if report.customer_id not in known],
        daily=DailyReport.begun(user, day),
        length_m=length_m([s.customer.place for s in stops if s.customer.place]),
        suggestions=ranked(suggested, reminders, stops, day),
        copyable=None if stops or day < today else _last_plan(user, day),
    )


def _reports(user: User, day: date) -> list[Report]:
    query = select(Report).join(Report.customer).where(Report.author_id == user.id, Report.day == day)
    return list(db.session.scalars(query.order_by(Report.filed_at)))


def _last_plan(user: User, day: date) -> DayPlan | None:
    """The latest earlier day that has visits to copy."""
    query = select(DayPlan).where(DayPlan.user_id == user.id, DayPlan.day < day, DayPlan.stops.any())
    return db.session.scalar(query.order_by(DayPlan.day.desc()).limit(1))


def _distances(stops: Sequence[Stop]) -> list[float | None]:
    away: list[float | None] = []
    before: Place | None = None
    for stop in stops:
        here = stop.customer.place
        away.append(distance_m(before, here) if before and here else None)
        before = here or before
    return away


def worth_of_a_knock(user: User, today: date) -> tuple[int, int] | None:
    """(sales ÷ visits in cents, to the yuan, visits) of the last 90 days, whatever their result; None before the tenth visit."""
    since = today - timedelta(days=90)
    row = select(func.count(), func.coalesce(func.sum(Report.order_cents), 0)).where(
        Report.author_id == user.id, Report.day > since
    )
    visits, sales = db.session.execute(row).one()
    return (int(sales or 0) // visits // 100 * 100, visits) if visits >= 10 else None


def days_with_plans(user: User, first: date, last: date) -> dict[date, int]:
    """How many visits are planned on each day of the strip."""
    query = (
        select(DayPlan.day, func.count(Stop.id))
        .join(Stop)
        .where(DayPlan.user_id == user.id, DayPlan.day.between(first, last))
        .group_by(DayPlan.day)
    )
    found = db.session.execute(query).all()
    return defaultdict(int, found)
