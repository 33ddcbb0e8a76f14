"""What a run of reports will ask, asked for all of them at once: the customers with their people, where each stands in the
plan of its day, the check-in with which it began, and what its one question was about."""

from collections.abc import Iterable
from datetime import date, datetime

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from webapp.attention.models import AttentionItem
from webapp.customers.models import Customer
from webapp.foundation import at_hand, clock
from webapp.foundation.db import db
from webapp.outbox.entries import Entry
from webapp.outbox.together import Entries, lays_out
from webapp.visits.models import CheckIn, DayPlan, Stop
from webapp.visits.report_question import asked_in
from webapp.visits.report_ties import taken


@lays_out("reports")
def for_reports(entries: Entries) -> None:
    days = {customer_id: _day(entry) for customer_id, entry in entries.items()}
    seen = Customer.visible_to(current_user).where(Customer.id.in_(entries)).options(selectinload(Customer.contacts))
    at_hand.lay("customer", {customer.id: customer for customer in db.session.scalars(seen)})
    at_hand.lay("stop", dict.fromkeys(entries) | _stops(days))
    at_hand.lay("check-in", dict.fromkeys(entries) | _check_ins(days))
    at_hand.lay("asked", _asked(filter(None, (asked_in(entry.fields) for entry in entries.values()))))


def _day(entry: Entry) -> date:
    """The day on which it was written, on the wall of its author."""
    return clock.local(entry.done_at or clock.here()).date()


def _stops(days: dict[str, date]) -> dict[str, Stop]:
    own = select(Stop, DayPlan.day).join(DayPlan).where(DayPlan.user_id == current_user.id)
    rows = db.session.execute(own.where(Stop.customer_id.in_(days), DayPlan.day.in_(set(days.values()))))
    return {stop.customer_id: stop for stop, day in rows if day == days[stop.customer_id]}


def _check_ins(days: dict[str, date]) -> dict[str, CheckIn]:
    """The last one of its day, or since, that no report has taken."""
    since: dict[date, datetime] = {day: clock.day_bounds(day)[0] for day in set(days.values())}
    own = CheckIn.of(current_user).where(CheckIn.customer_id.in_(days), CheckIn.at >= min(since.values()))
    rows = db.session.scalars(own.where(~taken().exists()).order_by(CheckIn.at))
    return {here.customer_id: here for here in rows if here.at >= since[days[here.customer_id]]}


def _asked(item_ids: Iterable[str]) -> dict[str, AttentionItem]:
    named = list(item_ids)
    found = db.session.scalars(select(AttentionItem).where(AttentionItem.id.in_(named))) if named else ()
    return {item.id: item for item in found}
