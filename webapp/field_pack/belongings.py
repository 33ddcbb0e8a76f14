"""Whose pages a phone carries: the ids of what belongs to one person, each in one query."""

from datetime import date, timedelta
from urllib.parse import urlencode

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from webapp.accounts.models import User
from webapp.attention.models import AttentionItem
from webapp.bargain.models import Concession
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.playbook.library import brief
from webapp.playbook.models import Product, TalkTrack
from webapp.visits.models import DailyReport, DayPlan, Report, Stop
from webapp.worth.models import Comparison

RECENT = timedelta(days=60)
"""How long what was handed in is carried."""


def customers(user: User) -> list[str]:
    """His own, whose turn it is first."""
    ordered = living(user).order_by(Customer.next_step_on.is_(None), Customer.next_step_on, Customer.id)
    return list(db.session.scalars(ordered))


def living(user: User) -> Select[str]:
    return select(Customer.id).where(Customer.owner_id == user.id, Customer.merged_into_id.is_(None))


def people(user: User) -> list[tuple[str, str]]:
    """(id, customer id) of those whom one may ask for at his customers'."""
    return _pairs(there(user).order_by(Contact.id))


def there(user: User) -> Select[str, str]:
    at_his = Contact.customer_id.in_(living(user))
    return select(Contact.id, Contact.customer_id).where(at_his, Contact.left_at.is_(None))


def _pairs(query: Select[str, str]) -> list[tuple[str, str]]:
    return [(id, of) for id, of in db.session.execute(query)]


def notices(user: User) -> list[tuple[str, str]]:
    """(id, customer id) of what was noticed there."""
    noticed = select(AttentionItem).where(
        AttentionItem.customer_id.in_(living(user)), AttentionItem.retired_at.is_(None)
    )
    known = noticed.options(joinedload(AttentionItem.contact)).order_by(AttentionItem.id)
    return [(item.id, item.customer_id) for item in db.session.scalars(known) if item.may_be_shown]


def heard(said: str) -> str:
    return f"/playbook?{urlencode({'q': said})}"


def tracks(user: User) -> list[tuple[str, bool, int]]:
    """(id, whether he may write in it, its version) of all that he finds in the playbook."""
    seen = list(db.session.scalars(brief(TalkTrack.visible_to(user)).order_by(TalkTrack.id)))
    return [(track.id, track.may_be_edited_by(user), track.version) for track in seen]


def products(user: User) -> list[str]:
    """What we sell and meet, by what it is compared with."""
    kept = Product.visible_to(user).where(Product.retired_at.is_(None)).order_by(Product.group, Product.name)
    return list(db.session.scalars(kept.with_only_columns(Product.id)))


def stops(user: User, today: date) -> list[tuple[str, str]]:
    """(id, customer id) of the visits that he plans from today on."""
    planned = select(Stop.id, Stop.customer_id).join(DayPlan).where(DayPlan.user_id == user.id, DayPlan.day >= today)
    return _pairs(planned.order_by(Stop.id))


def comparisons(user: User, today: date) -> list[tuple[str, str]]:
    """(id, customer id) of what was reckoned of late for his customers."""
    laid = select(Comparison.id, Comparison.customer_id).join(Customer)
    laid = laid.where(Customer.owner_id == user.id, Customer.merged_into_id.is_(None))
    return _pairs(laid.where(Comparison.at >= clock.day_bounds(today - RECENT)[0]).order_by(Comparison.id))


def plans(user: User, since: date) -> list[str]:
    """His plans that were handed in."""
    handed = select(DayPlan.id).where(DayPlan.user_id == user.id, DayPlan.day >= since)
    return list(db.session.scalars(handed.where(DayPlan.handed_in_at.is_not(None)).order_by(DayPlan.day)))


def reports(user: User, today: date) -> list[tuple[str, date, bool]]:
    """(id, day, whether it may still be put right) of the visits that he reported of late, the latest first."""
    signed = exists().where(
        DailyReport.user_id == user.id, DailyReport.day == Report.day, DailyReport.state == "approved"
    )
    written = select(Report.id, Report.day, ~signed).where(Report.author_id == user.id, Report.day >= today - RECENT)
    return [(id, day, bool(may)) for id, day, may in db.session.execute(written.order_by(Report.day.desc(), Report.id))]


def concessions(user: User, today: date) -> list[str]:
    """What he wanted to give of late and had to ask for."""
    asked = select(Concession.id).where(Concession.by_id == user.id, Concession.handed_in_at.is_not(None))
    late = clock.day_bounds(today - RECENT)[0]
    return list(db.session.scalars(asked.where(Concession.handed_in_at >= late).order_by(Concession.id)))


def daily_reports(user: User, today: date) -> list[tuple[str, date]]:
    """(id, day) of his days that were handed in of late, the latest first."""
    handed = select(DailyReport.id, DailyReport.day).where(DailyReport.user_id == user.id, DailyReport.version > 0)
    found = db.session.execute(handed.where(DailyReport.day >= today - RECENT).order_by(DailyReport.day.desc()))
    return [(id, day) for id, day in found]
