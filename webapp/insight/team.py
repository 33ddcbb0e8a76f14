"""Where one's people are in their day, as their own check-ins and reports say: nobody is followed between two doors."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from webapp.accounts.access import visible_to
from webapp.accounts.handsets import Handset, loaded
from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.reviews.missing import missing
from webapp.urgent.models import Complaint
from webapp.visits.models import CheckIn, DayPlan, Report, Stop

NEW, LATELY = timedelta(days=60), timedelta(days=14)
FEW, HALF = 4, 0.5
QUIET_HOUR = 11


@dataclass
class Member:
    """One person's day; `needs`: why he may want help (insight.words.NEEDS), the weightiest first."""

    user: User
    here: CheckIn | None = None
    planned: int = 0
    done: int = 0
    visits: int = 0
    orders: int = 0
    phones: list[Handset] = field(default_factory=list)
    complaints: int = 0
    needs: list[str] = field(default_factory=list)


def members(user: User) -> list[Member]:
    """Who wants help comes first: the new, the weak, those of whom nothing is heard. The number of queries does not grow."""
    rows = select(User).where(
        visible_to(user, User.id), User.role == "rep", User.disabled_at.is_(None), User.id != user.id
    )
    found = {person.id: Member(person) for person in db.session.scalars(rows.order_by(User.name))}
    _day(found)
    for phone in loaded(user):
        if phone.owner.id in found:
            found[phone.owner.id].phones.append(phone)
    _needs(found, user)
    return sorted(found.values(), key=lambda member: (-len(member.needs), member.user.name))


def _day(found: dict[str, Member]) -> None:
    start, end = clock.day_bounds(clock.today())
    ids, today = list(found), clock.today()
    here = select(CheckIn).where(CheckIn.user_id.in_(ids), CheckIn.at >= start, CheckIn.at < end)
    for check_in in db.session.scalars(here.options(joinedload(CheckIn.customer)).order_by(CheckIn.at)):
        found[check_in.user_id].here = check_in
    seen = select(Report.author_id, Report.customer_id, Report.order_cents)
    reports = db.session.execute(seen.where(Report.author_id.in_(ids), Report.day == today)).all()
    visited = {(author_id, customer_id) for author_id, customer_id, _cents in reports}
    for author_id, _customer, cents in reports:
        found[author_id].visits += 1
        found[author_id].orders += cents or 0
    stops = select(DayPlan.user_id, Stop.customer_id).join(Stop).where(DayPlan.user_id.in_(ids), DayPlan.day == today)
    for user_id, customer_id in db.session.execute(stops):
        found[user_id].planned += 1
        found[user_id].done += (user_id, customer_id) in visited


def _needs(found: dict[str, Member], user: User) -> None:
    late = _count(Complaint.handler_id, found, Complaint.closed_at.is_(None), Complaint.late_at.is_not(None))
    unsettled = _count(Complaint.handler_id, found, Complaint.closed_at.is_(None))
    owing = {one.user.id: len(one.days) for one in missing(user)}
    rates = _lately(found)
    visits, moved = sum(v for v, _m in rates.values()), sum(m for _v, m in rates.values())
    usual = moved / visits if visits else 0.0
    for id, member in found.items():
        member.complaints = unsettled[id]
        signs = {
            "complaint": late[id] > 0,
            "new": clock.now() - member.user.created_at < NEW,
            "weak": _is_weak(*rates.get(id, (0, 0)), usual),
            "quiet": _is_quiet(member),
            "unsent": any(phone.is_silent for phone in member.phones),
            "forms": owing.get(id, 0) > 1,
        }
        member.needs = [sign for sign, is_so in signs.items() if is_so]


def _count(column: Any, people: Iterable[str], *which: Any) -> Counter[str]:
    rows = select(column, func.count()).where(column.in_(list(people)), *which).group_by(column)
    return Counter(dict(db.session.execute(rows).all()))


def _lately(people: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Visits of the last two weeks, and how many of them moved something."""
    moved = func.sum(case((Report.result.in_(("ordered", "progress")), 1), else_=0))
    rows = select(Report.author_id, func.count(), moved).group_by(Report.author_id)
    since = Report.day > clock.today() - LATELY
    return {
        id: (n, int(m or 0)) for id, n, m in db.session.execute(rows.where(Report.author_id.in_(list(people)), since))
    }


def _is_weak(visits: int, moved: int, usual: float) -> bool:
    """Hardly on the road in two weeks, or half as much comes of his visits as of those of the others."""
    return visits < FEW or (usual > 0 and moved / visits < usual * HALF)


def _is_quiet(member: Member) -> bool:
    """Visits are planned, it is late in the morning, and he has stood at no door yet."""
    return (
        member.planned > 0 and clock.local(clock.now()).hour >= QUIET_HOUR and not member.visits and member.here is None
    )
