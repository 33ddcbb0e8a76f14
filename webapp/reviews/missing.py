"""What should be there and is not: daily reports that were not handed in, and customers that stand in the house twice."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, joinedload

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.identity import same_company
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.visits.models import DailyReport, Report

LOOK_BACK, MOST = 7, 20


@dataclass(frozen=True)
class Missing:
    """The days of the last week on which somebody was on the road and that have no daily report yet, the oldest first."""

    user: User
    days: list[date]


@dataclass(frozen=True)
class Twins:
    """Two files that look like one company; `kept` is the older one."""

    kept: Customer
    other: Customer


def missing(user: User) -> list[Missing]:
    """Of one's people, not of oneself; today is not over yet. One query."""
    today = clock.today()
    told = and_(DailyReport.user_id == Report.author_id, DailyReport.day == Report.day, DailyReport.version > 0)
    days = select(User, Report.day).join(Report, Report.author_id == User.id).outerjoin(DailyReport, told)
    days = days.where(Report.day >= today - timedelta(days=LOOK_BACK), Report.day < today, DailyReport.id.is_(None))
    mine = days.where(visible_to(user, Report.author_id), User.id != user.id, User.disabled_at.is_(None))
    found: dict[User, list[date]] = defaultdict(list)
    for person, day in db.session.execute(mine.distinct().order_by(User.name, Report.day)):
        found[person].append(day)
    return [Missing(person, days) for person, days in found.items()]


def twins(user: User) -> list[Twins]:
    """Pairs of the same name, but for its legal form, among the customers that one sees. One query."""
    other = aliased(Customer)
    seen = visible_to(user, Customer.owner_id), visible_to(user, other.owner_id), other.merged_into_id.is_(None)
    same = and_(other.name_key == Customer.name_key, other.created_at >= Customer.created_at, other.id != Customer.id)
    pairs = (
        select(Customer, other)
        .join(other, same)
        .where(Customer.merged_into_id.is_(None), Customer.name_key != "", *seen)
    )
    rows = db.session.execute(
        pairs.options(joinedload(Customer.owner), joinedload(other.owner))
        .order_by(Customer.created_at, Customer.id)
        .limit(MOST)
    )
    found = {frozenset((a.id, b.id)): Twins(a, b) for a, b in rows if same_company(a.name, b.name)}
    return list(found.values())
