"""Keeping a pack complete: what belongs to it now, against what it holds."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, delete, func, insert, or_, select, union, update

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.field_pack import contents, lines
from webapp.field_pack.models import Feed, Pack, PackItem
from webapp.field_pack.shows import DAYS, REPORTS
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.packing import STRANGER
from webapp.outbox import gate
from webapp.visits.models import CheckIn, DayPlan, Stop

TOMBSTONES = timedelta(days=180)
LOOK_AGAIN = timedelta(hours=1)
"""Even if nobody said that something has changed: somebody may have been in the database by hand."""
FAR_DAYS_WAIT = timedelta(minutes=10)
"""How long the days that lie further off may say what was true before: each is read seldom, and all want to be rendered."""
UNPACKABLE = "!"
DATED = ("day", "daily", "customers", "outbox", "promises", "reports", "playbook", "track", "queue", "forms")
"""Kinds of pages that another day changes by itself."""


def tidy(user: User) -> None:
    """Let the pack hold what belongs to it today; most times nothing is to be done, and nothing is written."""
    pack = db.session.get(Pack, user.id)
    if pack is None or _is_due(pack):
        user_id = user.id
        with gate.transaction():
            _tidy(db.session.get_one(User, user_id))


def _is_due(pack: Pack) -> bool:
    looked = pack.checked_at is not None and clock.here() - pack.checked_at < LOOK_AGAIN
    return pack.is_stale or pack.lines_stale or _has_waited(pack) or pack.day != clock.today() or not looked


def _has_waited(pack: Pack) -> bool:
    return pack.days_stale_since is not None and clock.here() - pack.days_stale_since >= FAR_DAYS_WAIT


def _tidy(user: User) -> None:
    Feed.raise_by(0)  # from here on nobody else changes any pack
    pack = db.session.get(Pack, user.id, populate_existing=True)
    if pack is None:
        pack = Pack(user_id=user.id, digest="", horizon=0)
        db.session.add(pack)
        db.session.flush()  # its pages point to the same person
    today = clock.today()
    changed = _fit(user, list(contents.pages(user, today)))
    if pack.day not in (None, today):
        _turn_the_page(user, pack.day, today)
    if _has_waited(pack):
        _raise(PackItem.user_id == user.id, PackItem.kind.in_(DAYS))
        pack.days_stale_since = None
    if pack.lines_stale or pack.day != today:
        lines.compare(user)
    pack.day, pack.checked_at, pack.is_stale, pack.lines_stale = today, clock.here(), False, False
    _sweep(pack)
    if changed or not pack.digest:
        pack.digest = digest(user.id)


def _fit(user: User, wanted: list[contents.Page]) -> bool:
    """Add what is missing in its order, bury what does not belong; whether there was anything."""
    held = dict(db.session.execute(select(PackItem.url, PackItem.gone_at).where(PackItem.user_id == user.id)).all())
    belongs = {page.url for page in wanted}
    new = [page for page in wanted if page.url not in held]
    back = [page.url for page in wanted if held.get(page.url)]
    gone = [url for url, gone_at in held.items() if gone_at is None and url not in belongs]
    if not (new or back or gone):
        return False
    number = Feed.raise_by(len(new) + 1) - len(new)
    _change(user, gone, number, gone_at=clock.here(), content="")
    _change(user, back, number, gone_at=None, content="")
    rows = [{"user_id": user.id, **page._asdict(), "number": number + n} for n, page in enumerate(new, 1)]
    if rows:
        db.session.execute(insert(PackItem), rows)
    return True


def _change(user: User, urls: Iterable[str], number: int, **values: Any) -> None:
    table = cast(Table, PackItem.__table__)
    mine = update(table).where(table.c.user_id == user.id, table.c.url == bindparam("page"))
    if rows := [{"page": url} for url in urls]:
        db.session.connection().execute(mine.values(number=number, **values), rows)


def _raise(*which: Any) -> None:
    marked = update(PackItem).where(*which, PackItem.gone_at.is_(None)).values(number=Feed.raise_by())
    db.session.execute(marked.execution_options(synchronize_session=False))


def _turn_the_page(user: User, before: date, today: date) -> None:
    """Another day has come: what the lists and days show is another, and so is what a report begins with where a visit
    was planned, a step due or somebody arrived on one of the days between."""
    first, last = min(before, today), max(before, today)
    planned = select(Stop.customer_id).join(DayPlan).where(DayPlan.user_id == user.id, DayPlan.day.between(first, last))
    due = select(Customer.id).where(Customer.owner_id == user.id, Customer.next_step_on.between(first, last))
    here = CheckIn.of(user).where(CheckIn.at >= clock.day_bounds(first)[0]).with_only_columns(CheckIn.customer_id)
    of_them = and_(PackItem.kind.in_(REPORTS), PackItem.subject.in_(union(planned, due, here.order_by(None))))
    _raise(PackItem.user_id == user.id, or_(PackItem.kind.in_(DATED), of_them, PackItem.subject == STRANGER))


def _sweep(pack: Pack) -> None:
    """Tombstones of half a year ago are forgotten, and with them the cursors from before."""
    old = (PackItem.user_id == pack.user_id, PackItem.gone_at < clock.here() - TOMBSTONES)
    last = db.session.scalar(select(func.max(PackItem.number)).where(*old))
    if last is not None:
        pack.horizon = max(pack.horizon, last)
        db.session.execute(delete(PackItem).where(*old).execution_options(synchronize_session=False))


def digest(user_id: str) -> str:
    """SHA-256 of all addresses that the pack holds, sorted, a line each."""
    found = hashlib.sha256()
    for n, url in enumerate(_held(user_id)):
        found.update(b"\n" * bool(n) + url.encode())
    return found.hexdigest()


def _held(user_id: str) -> Iterator[str]:
    held = (PackItem.user_id == user_id, PackItem.gone_at.is_(None), PackItem.content != UNPACKABLE)
    yield from sorted(db.session.scalars(select(PackItem.url).where(*held)))
