"""Who was seen of late need not be planned before his turn, unless something presses: the form that plans him says so."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from webapp.customers.models import Customer
from webapp.customers.rhythm import too_soon
from webapp.customers.words import RHYTHMS
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.i18n import _
from webapp.foundation.lunar import next_birthday
from webapp.foundation.words import day_short
from webapp.visits.models import Promise
from webapp.visits.reminders import BIRTHDAY_AHEAD, PROMISE_AHEAD


class Soon(NamedTuple):
    """`until`: the first day on which nobody wonders at a visit; `words`: what is said of one before it."""

    until: date
    words: str


def soon(customer: Customer) -> Soon | None:
    """None where he may be called on any day from today: it is his turn, or something presses. One query at most."""
    today = clock.today()
    turn = too_soon(customer, today)
    if turn is None or customer.open_complaint or customer.overdue_cents:
        return None
    until = min(turn, *_pressing(customer, today))
    how = RHYTHMS[customer.relation]
    words = _("刚联系过。%(how)s：%(day)s再去也不迟", how=how, day=day_short(turn))
    return Soon(until, words) if until > today else None


def _pressing(customer: Customer, today: date) -> Iterator[date]:
    """From when what is due asks for a visit, as `reminders_for` has it."""
    if customer.next_step and customer.next_step_on:
        yield customer.next_step_on
    for person in customer.people:
        if person.birthday_month and person.birthday_day and person.consent != "refused":
            born = next_birthday(person.birthday_month, person.birthday_day, person.birthday_is_lunar, today)
            yield born - timedelta(days=BIRTHDAY_AHEAD)
    open_ = (Promise.customer_id == customer.id, Promise.state == "open")
    if due := db.session.scalar(select(func.min(Promise.due_on)).where(*open_)):
        yield due - timedelta(days=PROMISE_AHEAD)
    yield date.max
