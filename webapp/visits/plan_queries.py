"""What the page of a day needs: the visits with their one-line reminder, what is worth adding, what is due."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Select, func, or_, select

from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db
from webapp.foundation.geo import distance_m
from webapp.foundation.lunar import next_birthday
from webapp.visits.models import DailyReport, DayPlan, Promise, Report, Stop
from webapp.visits.route import Place, length_m

NEAR_M = 6000
BIRTHDAY_AHEAD = 7
MOST_SUGGESTED = 8


@dataclass(frozen=True)
class Reminder:
    """What to have in mind before knocking. `kind`: 'complaint', 'overdue', 'promise', 'birthday' or 'step'."""

    kind: str
    text: str
    on: date | None = None
    cents: int | None = None


@dataclass
class PlannedStop:
    """A visit of the day as the page shows it; `distance_m` is from the stop before."""

    stop: Stop
    reminder: Reminder | None
    distance_m: float | None
    report: Report | None


@dataclass(frozen=True)
class Suggestion:
    """A customer worth adding to the day. `detour_m`: how much longer the way becomes."""

    customer: Customer
    reminder: Reminder | None
    is_near: bool
    detour_m: float | None


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
    suggested = [] if day < today else _candidates(user, day, stops)
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
        daily=db.session.scalar(select(DailyReport).where(DailyReport.user_id == user.id, DailyReport.day == day)),
        length_m=length_m([s.customer.place for s in stops if s.customer.place]),
        suggestions=_suggestions(suggested, reminders, stops, day),
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


def reminders_for(customers: Iterable[Customer], day: date) -> dict[str, Reminder]:
    """The most pressing reminder of each customer: complaint, then money, then a promise, a birthday, the next step."""
    by_id = {c.id: c for c in customers}
    promises = _promises_due(list(by_id), day + timedelta(days=2))
    birthdays = _birthdays(list(by_id), day)
    found = {}
    for customer_id, c in by_id.items():
        if c.open_complaint:
            found[customer_id] = Reminder("complaint", c.open_complaint, c.complaint_since)
        elif c.overdue_cents:
            found[customer_id] = Reminder("overdue", "", c.overdue_since, c.overdue_cents)
        elif customer_id in promises:
            found[customer_id] = Reminder("promise", promises[customer_id].text, promises[customer_id].due_on)
        elif customer_id in birthdays:
            found[customer_id] = birthdays[customer_id]
        elif c.next_step and c.next_step_on and c.next_step_on <= day:
            found[customer_id] = Reminder("step", c.next_step, c.next_step_on)
    return found


def _promises_due(ids: list[str], until: date) -> dict[str, Promise]:
    due = select(Promise).where(
        Promise.customer_id.in_(ids), Promise.state == "open", Promise.direction == "ours", Promise.due_on <= until
    )
    return {p.customer_id: p for p in db.session.scalars(due.order_by(Promise.due_on.desc()))}


def _birthdays(ids: list[str], day: date) -> dict[str, Reminder]:
    people = select(Contact).where(
        Contact.customer_id.in_(ids), Contact.birthday_month.is_not(None), Contact.left_at.is_(None)
    )
    found: dict[str, Reminder] = {}
    for person in db.session.scalars(people):
        if person.birthday_month and person.birthday_day:
            on = next_birthday(person.birthday_month, person.birthday_day, person.birthday_is_lunar, day)
            if on <= day + timedelta(days=BIRTHDAY_AHEAD):
                found[person.customer_id] = Reminder("birthday", person.name, on)
    return found


def _candidates(user: User, day: date, stops: Sequence[Stop]) -> list[Customer]:
    """Own customers that are due by this day, have a promise due, complain, or live along the way."""
    planned = [stop.customer_id for stop in stops]
    mine = select(Customer).where(
        Customer.owner_id == user.id, Customer.merged_into_id.is_(None), Customer.id.not_in(planned)
    )
    promised = select(Promise.customer_id).where(
        Promise.by_id == user.id, Promise.state == "open", Promise.direction == "ours", Promise.due_on <= day
    )
    pressing = or_(Customer.next_step_on <= day, Customer.open_complaint != "", Customer.id.in_(promised))
    found = list(db.session.scalars(mine.where(pressing).order_by(Customer.level, Customer.next_step_on).limit(30)))
    known = {c.id for c in found}
    return found + [c for c in _neighbours(mine, stops) if c.id not in known]


def _neighbours(mine: Select[Customer], stops: Sequence[Stop]) -> list[Customer]:
    places = [stop.customer.place for stop in stops if stop.customer.place]
    if not places:
        return []
    latitudes, longitudes = [p[0] for p in places], [p[1] for p in places]
    edge = 0.05  # about 5 km
    box = (
        Customer.latitude.between(min(latitudes) - edge, max(latitudes) + edge),
        Customer.longitude.between(min(longitudes) - edge, max(longitudes) + edge),
    )
    near = mine.where(*box).order_by(func.coalesce(Customer.last_contact_at, Customer.created_at)).limit(30)
    return [c for c in db.session.scalars(near) if c.place and min(distance_m(c.place, p) for p in places) <= NEAR_M]


def _suggestions(
    customers: list[Customer], reminders: dict[str, Reminder], stops: Sequence[Stop], day: date
) -> list[Suggestion]:
    way = [stop.customer.place for stop in stops if stop.customer.place]
    rows = []
    for customer in customers:
        detour = detour_m(way, customer.place) if way and customer.place else None
        rows.append(
            Suggestion(customer, reminders.get(customer.id), detour is not None and detour <= 2 * NEAR_M, detour)
        )
    return sorted(rows, key=lambda s: _urgency(s, day))[:MOST_SUGGESTED]


PRESSING = {"complaint": 0, "promise": 1, "overdue": 2, "birthday": 3, "step": 4}


def _urgency(suggestion: Suggestion, day: date) -> tuple[int, str, float]:
    """Complaints and promises first, then money and birthdays, then what is due; the better level and the shorter
    detour decide between equals."""
    kind = suggestion.reminder.kind if suggestion.reminder else ""
    return PRESSING.get(kind, 5), suggestion.customer.level, suggestion.detour_m or 1e9


def detour_m(way: list[Place], place: Place) -> float:
    """How many metres longer the way becomes when this place is put in where it costs least."""
    ends = [distance_m(way[0], place), distance_m(way[-1], place)]
    between = [distance_m(a, place) + distance_m(place, b) - distance_m(a, b) for a, b in itertools.pairwise(way)]
    return min(ends + between)


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
