"""Marking in the feed what a transaction has changed, in that transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true, union, update
from sqlalchemy.orm import aliased

from webapp.accounts.models import Team, User
from webapp.customers.models import Customer
from webapp.field_pack.marks import LATER, NEAR, Marks, today
from webapp.field_pack.models import Feed, Pack, PackItem
from webapp.field_pack.shows import DAY, DAYS, EVERYTHING
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.packing import STRANGER
from webapp.reviews.models.subjects import OWNER, SUBJECTS
from webapp.visits.models import DayPlan, Promise, Report, Stop

AT_ONCE = 400
"""Ids in one statement."""


def write(marks: Marks) -> None:
    """Give a new number to every page that the marks name."""
    number = Feed.raise_by()
    _by_kinds(number, marks.doors, lambda ids: PackItem.subject.in_(ids))
    lists = {id: kinds for id, kinds in marks.lists.items() if kinds}
    own = defaultdict(set, {id: set(kinds) for id, kinds in marks.own.items() if kinds})
    seen = defaultdict(set, {id: set(kinds) for id, kinds in marks.seen.items() if kinds})
    for customer_id, owner_id in _owners(lists):
        seen[owner_id].update(lists[customer_id])
    for customer_id in _pressing(id for id, kinds in marks.days.items() if LATER in kinds):
        marks.days[customer_id].update(DAY)
    for alike, ids in _alike(marks.days):
        for user_id in _who_goes_to(ids):
            own[user_id].update(alike)
    for owner_id, kinds in seen.items():
        for user_id, role in _seers(owner_id):
            own[user_id].update(kinds)
            if "queue" in kinds and role != "rep":  # who has a desk
                marks.belongs.setdefault(user_id, False)
    of_days = {*DAYS, LATER}
    _mark_days(number, {user_id: days for user_id, kinds in own.items() if (days := kinds & of_days)}, marks.spans)
    others = {user_id: left for user_id, kinds in own.items() if (left := kinds - of_days)}
    _by_kinds(number, others, lambda ids: PackItem.user_id.in_(ids))
    if everywhere := marks.all.pop("", None):
        _mark(number, _of_kinds(everywhere))
    _by_kinds(number, marks.all, lambda ids: PackItem.subject.in_(ids))
    for customer_id, owner_id in _owners(marks.theirs):
        marks.belongs[owner_id] |= marks.theirs[customer_id]
    _mark_packs(marks.belongs)
    if marks.lines:
        _set(update(Pack).values(lines_stale=True))
        _mark(number, PackItem.subject == STRANGER)


def _mark_packs(belongs: Mapping[str, bool]) -> None:
    """What belongs to these people's packs is another; of those that are true, also what every customer or person has."""
    everybody, moved = Pack.user_id != "", {user_id for user_id, moves in belongs.items() if moves}
    for whose, values in ((set(belongs), {"is_stale": True}), (moved, {"moved": True})):
        if whose:
            _set(update(Pack).where(everybody if "*" in whose else Pack.user_id.in_(whose)).values(values))


def _mark_days(number: int, kinds_of: Mapping[str, set[str]], spans: set[tuple[str, date, date]]) -> None:
    """Of these people's days those that are near and those in the spans, at once; the others when they have waited."""
    some_day, this_day = PackItem.kind.in_(DAYS), today()
    near = _days_between(this_day, this_day + NEAR)
    _by_kinds(number, kinds_of, lambda ids: and_(PackItem.user_id.in_(ids), near))
    for some in batches(kinds_of):
        fresh = (Pack.user_id.in_(some), Pack.days_stale_since.is_(None))
        _set(update(Pack).where(*fresh).values(days_stale_since=clock.here()))
    for user_id, first, last in spans:
        if this_day <= first and last <= this_day + NEAR:
            continue  # marked already
        _mark(number, and_(PackItem.user_id == user_id, some_day, _days_between(first, last)))


def _days_between(first: date, last: date) -> ColumnElement[bool]:
    return PackItem.subject.between(first.isoformat(), last.isoformat())


def batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _alike(kinds_of: Mapping[str, set[str]]) -> Iterable[tuple[frozenset[str], list[str]]]:
    """Kinds, and the ids of all that these are said of."""
    grouped: dict[frozenset[str], list[str]] = defaultdict(list)
    for id, kinds in kinds_of.items():
        grouped[frozenset(kinds)].append(id)
    return grouped.items()


def _by_kinds(number: int, kinds_of: Mapping[str, set[str]], whose: Any) -> None:
    for same, ids in _alike(kinds_of):
        for some in batches(ids):
            _mark(number, and_(whose(some), _of_kinds(same)))


def _of_kinds(kinds: Iterable[str]) -> ColumnElement[bool]:
    return true() if EVERYTHING[0] in kinds else PackItem.kind.in_(sorted(kinds))


def _mark(number: int, which: ColumnElement[bool]) -> None:
    _set(update(PackItem).where(which, PackItem.gone_at.is_(None)).values(number=number))


def _set(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))


def _owners(customer_ids: Iterable[str]) -> Iterable[tuple[str, str]]:
    for some in batches(customer_ids):
        yield from db.session.execute(select(Customer.id, Customer.owner_id).where(Customer.id.in_(some)))


def _who_goes_to(customer_ids: Iterable[str]) -> Iterable[str]:
    """Those whose days name one of these customers: the owner, who plans to go there, who was there, who promised."""
    for some in batches(customer_ids):
        owners = select(Customer.owner_id).where(Customer.id.in_(some))
        planners = select(DayPlan.user_id).join(Stop).where(Stop.customer_id.in_(some))
        visitors = select(Report.author_id).where(Report.customer_id.in_(some))
        givers = select(Promise.by_id).where(Promise.customer_id.in_(some))
        yield from db.session.scalars(union(owners, planners, visitors, givers))


def _pressing(customer_ids: Iterable[str]) -> Iterable[str]:
    """Those of these customers whom a day that is near names for another reason, in an order that asks for the next step."""
    for some in batches(customer_ids):
        complaining = select(Customer.id).where(Customer.id.in_(some), Customer.open_complaint != "")
        due = (Promise.state == "open", Promise.due_on <= today() + NEAR)
        yield from db.session.scalars(
            complaining.union(select(Promise.customer_id).where(*due, Promise.customer_id.in_(some)))
        )


def _seers(owner_id: str) -> Iterable[tuple[str, str]]:
    """(id, role) of those who carry something and see this person's work."""
    his_team = aliased(Team)
    owner_path = (
        select(his_team.path).join(User, User.team_id == his_team.id).where(User.id == owner_id).scalar_subquery()
    )
    leads = and_(User.role != "rep", owner_path.startswith(Team.path))
    seers = select(Pack.user_id, User.role).join(User, User.id == Pack.user_id).outerjoin(Team, Team.id == User.team_id)
    return db.session.execute(seers.where(or_(User.id == owner_id, User.role == "admin", leads)))


def customer_of(entry_id: str) -> str | None:
    """The id of the customer whom a visit was to whose text brought attachments along."""
    with db.session.no_autoflush:
        return db.session.scalar(select(Report.customer_id).where(Report.id == entry_id))


def whose(kind: str, subject_id: str) -> str | None:
    """The id of the person whose work a review or a comment is of."""
    model = SUBJECTS[kind]
    return db.session.scalar(select(getattr(model, OWNER[kind])).where(model.id == subject_id))
