"""The one line that one should have in mind before knocking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from webapp.customers.models import Contact, Customer
from webapp.customers.rhythm import too_soon
from webapp.foundation.db import db
from webapp.foundation.lunar import next_birthday
from webapp.visits.models import Promise

BIRTHDAY_AHEAD, PROMISE_AHEAD = 7, 2
"""Days."""


@dataclass(frozen=True)
class Reminder:
    """What to have in mind before knocking. `kind`: 'complaint', 'overdue', 'promise' (ours), 'owed' (theirs), 'birthday',
    'step', or 'soon': nothing presses and somebody was in touch of late (`on`: when the rhythm of the relation `text` asks)."""

    kind: str
    text: str
    on: date | None = None
    cents: int | None = None


def reminders_for(customers: Iterable[Customer], day: date) -> dict[str, Reminder]:
    """The most pressing reminder of each customer: complaint, then money, then a promise, a birthday, the next step."""
    by_id = {c.id: c for c in customers}
    promises = _promises_due(list(by_id), day + timedelta(days=PROMISE_AHEAD))
    birthdays = _birthdays(list(by_id), day)
    found = {}
    for customer_id, c in by_id.items():
        if c.open_complaint:
            found[customer_id] = Reminder("complaint", c.open_complaint, c.complaint_since)
        elif c.overdue_cents:
            found[customer_id] = Reminder("overdue", "", c.overdue_since, c.overdue_cents)
        elif customer_id in promises:
            word = promises[customer_id]
            found[customer_id] = Reminder("promise" if word.direction == "ours" else "owed", word.text, word.due_on)
        elif customer_id in birthdays:
            found[customer_id] = birthdays[customer_id]
        elif c.next_step and c.next_step_on and c.next_step_on <= day:
            found[customer_id] = Reminder("step", c.next_step, c.next_step_on)
        elif turn := too_soon(c, day):
            found[customer_id] = Reminder("soon", c.relation, turn)
    return found


def _promises_due(ids: list[str], until: date) -> dict[str, Promise]:
    """Of each the one that presses most: ours before theirs, the earlier before the later."""
    due = select(Promise).where(Promise.customer_id.in_(ids), Promise.state == "open", Promise.due_on <= until)
    ordered = due.order_by(Promise.direction.desc(), Promise.due_on.desc())
    return {p.customer_id: p for p in db.session.scalars(ordered)}


def _birthdays(ids: list[str], day: date) -> dict[str, Reminder]:
    people = (
        select(Contact)
        .where(Contact.customer_id.in_(ids), Contact.birthday_month.is_not(None), Contact.left_at.is_(None))
        .where(Contact.consent != "refused")
    )
    found: dict[str, Reminder] = {}
    for person in db.session.scalars(people):
        if person.birthday_month and person.birthday_day:
            on = next_birthday(person.birthday_month, person.birthday_day, person.birthday_is_lunar, day)
            if on <= day + timedelta(days=BIRTHDAY_AHEAD):
                found[person.customer_id] = Reminder("birthday", person.name, on)
    return found
