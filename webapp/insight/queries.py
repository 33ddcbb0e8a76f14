"""The week of a region in figures, read from the visits and the files; nothing is stored."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, case, cast, func, or_, select
from sqlalchemy.orm import joinedload

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.insight.figures import Figures, Person, Week
from webapp.visits.models import DailyReport, Report
from webapp.visits.promise_rates import kept_by

WEEKS = 8
STAGES = ("search", "approach", "persuade", "negotiate", "sign", "after_sales")
QUIET_DAYS = 90


def week_of(user: User, monday: date) -> Week:
    """What this person may see of the week that begins on this Monday. The number of queries does not grow."""
    people = _people(user, monday)
    total = Figures()
    for person in people:
        total.add(person.week)
    return Week(monday, people, total, _history(user, monday), _funnel(user), _watch(user))


def people_for(user: User) -> list[User]:
    """The reps whose work this user may see; a rep himself. One query."""
    reps = select(User).where(visible_to(user, User.id), User.role == "rep", User.disabled_at.is_(None))
    return list(db.session.scalars(reps.order_by(User.name)))


def _sums() -> list[Any]:
    """The columns of Figures, in their order."""

    def count(condition: Any) -> Any:
        return cast(func.coalesce(func.sum(case((condition, 1), else_=0)), 0), Integer)

    def total(column: Any) -> Any:
        return func.coalesce(func.sum(column), 0)

    return [
        func.count(Report.id),
        count(Report.result.in_(("ordered", "progress"))),
        count(Report.result == "ordered"),
        total(Report.order_cents),
        total(Report.collection_cents),
        total(Report.expense_cents),
    ]


def _between(first: date, last: date, user: User) -> list[Any]:
    return [Report.day.between(first, last), visible_to(user, Report.author_id)]


def _people(user: User, monday: date) -> list[Person]:
    people = {rep.id: Person(rep) for rep in people_for(user)}
    sunday = monday + timedelta(days=6)
    sums = select(Report.author_id, *_sums()).where(*_between(monday, sunday, user)).group_by(Report.author_id)
    for author_id, *figures in db.session.execute(sums):
        if author_id in people:
            people[author_id].week = Figures(*map(int, figures))
    for (by_id, direction), word in kept_by(user, monday, sunday).items():
        if by_id in people and direction == "ours":
            people[by_id].week.promised, people[by_id].week.kept = word.of, word.n
    month = select(Report.author_id, func.sum(Report.order_cents))
    _fill(people, "month_orders", month, Report.day, sunday.replace(day=1), sunday)
    handed_in = select(DailyReport.user_id, func.count()).where(DailyReport.version > 0)
    _fill(people, "dailies", handed_in, DailyReport.day, monday, sunday)
    start, end = clock.day_bounds(monday)[0], clock.day_bounds(sunday)[1]
    _fill(people, "new_customers", select(Customer.owner_id, func.count()), Customer.created_at, start, end)
    return sorted(people.values(), key=lambda p: (-p.week.orders, -p.week.visits, p.user.name))


def _fill(people: dict[str, Person], name: str, query: Any, column: Any, first: Any, last: Any) -> None:
    """Set one figure of everybody by a grouped query over (person, number)."""
    owner = query.selected_columns[0]
    for person_id, number in db.session.execute(
        query.where(column.between(first, last), owner.in_(list(people))).group_by(owner)
    ):
        setattr(people[person_id], name, int(number or 0))


def _history(user: User, monday: date) -> list[tuple[date, int | None]]:
    """The effective visit rate of the last eight weeks, by Monday."""
    first = monday - timedelta(weeks=WEEKS - 1)
    days = (
        select(Report.day, *_sums()[:2]).where(*_between(first, monday + timedelta(days=6), user)).group_by(Report.day)
    )
    weeks = {first + timedelta(weeks=n): Figures() for n in range(WEEKS)}
    for day, visits, effective in db.session.execute(days):
        weeks[day - timedelta(days=day.weekday())].add(Figures(int(visits), int(effective)))
    return [(start, figures.effective_rate) for start, figures in weeks.items()]


def _funnel(user: User) -> list[tuple[str, int]]:
    counts = select(Customer.stage, func.count()).where(
        Customer.merged_into_id.is_(None), visible_to(user, Customer.owner_id)
    )
    found = dict(db.session.execute(counts.group_by(Customer.stage)).all())
    return [(stage, found.get(stage, 0)) for stage in STAGES]


def _watch(user: User) -> list[Customer]:
    """Customers to look after: complaints, overdue money, and buyers that have been quiet for three months."""
    quiet = Customer.last_purchase_at < clock.now() - timedelta(days=QUIET_DAYS)
    troubled = or_(Customer.open_complaint != "", Customer.overdue_cents > 0, quiet)
    order = (Customer.open_complaint == "", Customer.level, Customer.overdue_cents.desc())
    seen = Customer.visible_to(user).options(joinedload(Customer.owner)).where(troubled)
    return list(db.session.scalars(seen.order_by(*order).limit(12)))
