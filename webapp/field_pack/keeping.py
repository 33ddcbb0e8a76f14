"""Keeping a pack complete: what belongs to it now, against what it holds."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, union, update

from webapp.accounts.models import User
from webapp.attention.calendar import keeps_birthday
from webapp.attention.care_queries import SOON
from webapp.attention.models import AttentionItem
from webapp.attention.queries import turned_between
from webapp.customers.models import Contact, Customer
from webapp.field_pack import holding, lines
from webapp.field_pack.fitting import EACH, fit, settled
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
DATED = ("day", "daily", "customers", "outbox", "promises", "reports", "care", "playbook", "track", "queue", "forms")
"""Kinds of pages that another day changes by itself."""


def tidy(user: User, wholly: bool = False) -> None:
    """Let the pack hold what belongs to it today; most times nothing is to be done, and nothing is written. `wholly`: look
    at all of it, whatever was said, as for a phone that gets everything anew."""
    pack = db.session.get(Pack, user.id)
    if pack is None or wholly or _is_due(pack):
        user_id = user.id
        with gate.transaction():
            _tidy(db.session.get_one(User, user_id), wholly)


def _is_due(pack: Pack) -> bool:
    return pack.is_stale or pack.lines_stale or _has_waited(pack) or not _was_looked_at(pack)


def _was_looked_at(pack: Pack) -> bool:
    """Today, and within the hour."""
    looked = pack.checked_at is not None and clock.here() - pack.checked_at < LOOK_AGAIN
    return looked and pack.day == clock.today()


def _has_waited(pack: Pack) -> bool:
    return pack.days_stale_since is not None and clock.here() - pack.days_stale_since >= FAR_DAYS_WAIT


def _tidy(user: User, wholly: bool = False) -> None:
    Feed.raise_by(0)  # from here on nobody else changes any pack
    pack = db.session.get(Pack, user.id, populate_existing=True)
    if pack is None:
        pack = Pack(user_id=user.id, digest="", horizon=0)
        db.session.add(pack)
        db.session.flush()  # its pages point to the same person
    today = clock.today()
    hurried = not wholly and _was_looked_at(pack)
    come, gone = fit(user, today, _settled(user, pack) if hurried else set())
    if pack.day not in (None, today):
        _turn_the_page(user, pack.day, today)
    if _has_waited(pack):
        _raise(PackItem.user_id == user.id, PackItem.kind.in_(DAYS))
        pack.days_stale_since = None
    if pack.lines_stale or pack.day != today:
        lines.compare(user)
    pack.day, pack.is_stale, pack.moved, pack.lines_stale = today, False, False, False
    if not hurried:
        pack.checked_at = clock.here()
        _sweep(pack)
        holding.reckon(pack)
    else:
        holding.follow(pack, come, gone)


def _settled(user: User, pack: Pack) -> set[str]:
    """Kinds of pages that are right: those of each customer and person, as long as none of them has come or gone."""
    return set(settled(user)) if pack.moved else set(EACH)


def _raise(*which: Any) -> None:
    marked = update(PackItem).where(*which, PackItem.gone_at.is_(None)).values(number=Feed.raise_by())
    db.session.execute(marked.execution_options(synchronize_session=False))


def _turn_the_page(user: User, before: date, today: date) -> None:
    """Another day has come: what the lists and days show is another, and so is what a report begins with where a visit
    was planned, a step due or somebody arrived on one of the days between, and the card of whoever has a birthday soon;
    and what they ask of whom something is out of date since."""
    first, last = min(before, today), max(before, today)
    planned = select(Stop.customer_id).join(DayPlan).where(DayPlan.user_id == user.id, DayPlan.day.between(first, last))
    due = select(Customer.id).where(Customer.owner_id == user.id, Customer.next_step_on.between(first, last))
    here = CheckIn.of(user).where(CheckIn.at >= clock.day_bounds(first)[0]).with_only_columns(CheckIn.customer_id)
    of_them = and_(PackItem.kind.in_(REPORTS), PackItem.subject.in_(union(planned, due, here.order_by(None))))
    born = select(Contact.customer_id).where(keeps_birthday(first, last + SOON))
    congratulates = and_(PackItem.kind == "card", PackItem.subject.in_(born))
    aged = select(AttentionItem.customer_id).where(turned_between(first, last))
    asks = and_(PackItem.kind.in_(("card", *REPORTS)), PackItem.subject.in_(aged))
    turned = (PackItem.kind.in_(DATED), of_them, congratulates, asks, PackItem.subject == STRANGER)
    _raise(PackItem.user_id == user.id, or_(*turned))


def _sweep(pack: Pack) -> None:
    """Tombstones of half a year ago are forgotten, and with them the cursors from before."""
    old = (PackItem.user_id == pack.user_id, PackItem.gone_at < clock.here() - TOMBSTONES)
    last = db.session.scalar(select(func.max(PackItem.number)).where(*old))
    if last is not None:
        pack.horizon = max(pack.horizon, last)
        db.session.execute(delete(PackItem).where(*old).execution_options(synchronize_session=False))
