"""Marking in the feed what a transaction has changed, in that transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true, union, update
from sqlalchemy.orm import aliased

from webapp.accounts.models import Team, User
from webapp.customers.models import Customer
from webapp.field_pack.models import Feed, Pack, PackItem
from webapp.field_pack.shows import DAYS, EVERYTHING, Shown
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.packing import STRANGER
from webapp.reviews.models.subjects import OWNER, SUBJECTS
from webapp.visits.models import DayPlan, Promise, Report, Stop

NEAR, ABOUT = timedelta(days=1), timedelta(days=3)
"""Today and so many days after it are read most; and the strip of a day's page, which shows what is planned on others."""
AT_ONCE = 400
"""Ids in one statement."""


@dataclass
class Marks:
    """What the changes so far say about pages; they become numbers only when all is known."""

    doors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lists: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    days: set[str] = field(default_factory=set)
    own: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    spans: set[tuple[str, date, date]] = field(default_factory=set)
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    all: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    belongs: set[str] = field(default_factory=set)
    theirs: set[str] = field(default_factory=set)
    lines: bool = False

    def __bool__(self) -> bool:
        parts = (self.doors, self.lists, self.days, self.own, self.seen, self.all, self.belongs, self.theirs)
        return self.lines or any(parts)

    def add(self, shown: Shown, row: Mapping[str, Any]) -> None:
        """A row that reads like this has changed, come or gone."""
        if (customer_id := row.get(shown.at)) is not None:
            if shown.door:
                self.doors[customer_id].update(shown.door)
            self.lists[customer_id].update(shown.lists)
            if shown.days:
                self.days.add(customer_id)
            if shown.theirs:
                self.theirs.add(customer_id)
        if (user_id := row.get(shown.of)) is not None:
            self.own[user_id].update(shown.own)
            if day := row.get(shown.on):
                self.spans.add((user_id, day, day))
            if day := row.get(shown.about_day):
                self.spans.add((user_id, day - ABOUT, day + ABOUT))
            self.seen[user_id].update(shown.seen)
        if shown.all and (not shown.about or row.get(shown.about) is not None):
            self.all[str(row.get(shown.about) or "")].update(shown.all)
        if shown.belongs and (whose := "*" if shown.belongs == "*" else row.get(shown.belongs)):
            self.belongs.add(whose)
        self.lines = self.lines or shown.lines


def write(marks: Marks) -> None:
    """Give a new number to every page that the marks name."""
    number = Feed.raise_by()
    _by_kinds(number, marks.doors, lambda ids: PackItem.subject.in_(ids))
    lists = {id: kinds for id, kinds in marks.lists.items() if kinds}
    own = defaultdict(set, {id: set(kinds) for id, kinds in marks.own.items() if kinds})
    seen = defaultdict(set, {id: set(kinds) for id, kinds in marks.seen.items() if kinds})
    for customer_id, owner_id in _owners(lists):
        seen[owner_id].update(lists[customer_id])
    for user_id in _who_goes_to(marks.days):
        own[user_id].update((*DAYS, "reports"))
    for owner_id, kinds in seen.items():
        for user_id, role in _seers(owner_id):
            own[user_id].update(kinds)
            if "queue" in kinds and role != "rep":  # who has a desk
                marks.belongs.add(user_id)
    _mark_days(number, {user_id for user_id, kinds in own.items() if kinds & set(DAYS)}, marks.spans)
    own = defaultdict(set, {user_id: left for user_id, kinds in own.items() if (left := kinds - set(DAYS))})
    _by_kinds(number, own, lambda ids: PackItem.user_id.in_(ids))
    if everywhere := marks.all.pop("", None):
        _mark(number, _of_kinds(everywhere))
    _by_kinds(number, marks.all, lambda ids: PackItem.subject.in_(ids))
    belongs = marks.belongs | {owner_id for _id, owner_id in _owners(marks.theirs)}
    if belongs:
        whose = true() if "*" in belongs else Pack.user_id.in_(belongs)
        _set(update(Pack).where(whose).values(is_stale=True))
    if marks.lines:
        _set(update(Pack).values(lines_stale=True))
        _mark(number, PackItem.subject == STRANGER)


def _mark_days(number: int, user_ids: Iterable[str], spans: set[tuple[str, date, date]]) -> None:
    """Of these people's days those that are near and those in the spans, at once; the others when they have waited."""
    some_day, today = PackItem.kind.in_(DAYS), clock.local(clock.here()).date()
    for some in batches(user_ids):
        _mark(number, and_(PackItem.user_id.in_(some), some_day, _days_between(today, today + NEAR)))
        fresh = (Pack.user_id.in_(some), Pack.days_stale_since.is_(None))
        _set(update(Pack).where(*fresh).values(days_stale_since=clock.here()))
    for user_id, first, last in spans:
        if today <= first and last <= today + NEAR:
            continue  # marked already
        _mark(number, and_(PackItem.user_id == user_id, some_day, _days_between(first, last)))


def _days_between(first: date, last: date) -> ColumnElement[bool]:
    return PackItem.subject.between(first.isoformat(), last.isoformat())


def batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _by_kinds(number: int, kinds_of: Mapping[str, set[str]], whose: Any) -> None:
    grouped: dict[frozenset[str], list[str]] = defaultdict(list)
    for id, kinds in kinds_of.items():
        grouped[frozenset(kinds)].append(id)
    for same, ids in grouped.items():
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
