"""How many of the words given were kept: by a person, at a customer, ours and theirs.

What was settled counts on the day on which it was settled, what ran out and is still open on the day on which it was due.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.proving import Ratio
from webapp.visits.models import Promise

LATELY = timedelta(days=90)


@dataclass
class Word:
    """What one person gave and got."""

    user: User
    ours: Ratio
    theirs: Ratio


def lately() -> tuple[date, date]:
    return clock.today() - LATELY, clock.today()


def kept_by(user: User, first: date, last: date) -> dict[tuple[str, str], Ratio]:
    """(who gave or took it, direction) → what came of it between these days, of those whose work this user sees. One query."""
    kept = func.sum(case((Promise.state == "kept", 1), else_=0))
    rows = select(Promise.by_id, Promise.direction, kept, func.count()).group_by(Promise.by_id, Promise.direction)
    found = db.session.execute(rows.where(visible_to(user, Promise.by_id), _came_due(first, last)))
    return {(by_id, direction): Ratio(int(n), of) for by_id, direction, n, of in found}


def words_of(user: User) -> list[Word]:
    """Of each person of the last ninety days, who kept least of it first. Two queries."""
    found = kept_by(user, *lately())
    people = select(User).where(User.id.in_({by_id for by_id, _direction in found})).order_by(User.name)
    words = [
        Word(person, found.get((person.id, "ours"), Ratio()), found.get((person.id, "theirs"), Ratio()))
        for person in db.session.scalars(people)
    ]
    return sorted(words, key=lambda word: 101 if word.ours.percent is None else word.ours.percent)


def settled_at(promise: Any) -> list[ColumnElement[int]]:
    """Four columns beside the promises of one customer: ours kept, ours settled, theirs kept, theirs settled."""
    return [
        func.count().filter(promise.direction == direction, condition).over()
        for direction in ("ours", "theirs")
        for condition in (promise.state == "kept", promise.state != "open")
    ]


def _came_due(first: date, last: date) -> ColumnElement[bool]:
    start, end = clock.day_bounds(first)[0], clock.day_bounds(last)[1]
    yesterday = clock.today() - timedelta(days=1)
    settled = and_(Promise.state != "open", Promise.settled_at >= start, Promise.settled_at < end)
    ran_out = and_(Promise.state == "open", Promise.due_on.between(first, min(last, yesterday)))
    return or_(settled, ran_out)
