"""The list of customers as a phone carries it, to lay it together itself: the parts of the page with holes in them
(templates/customers/_moulds.html), and of each customer his row, likewise (service_worker/list.js fills them)."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask import render_template

from webapp.customers import words
from webapp.customers.listing import BIRTHDAYS_WITHIN, Row, celebration
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.lunar import next_birthday
from webapp.foundation.packing import STRANGER

BETWEEN = "⟦⟦"
A_DAY = timedelta(days=1)


class Hole(int):
    """A number that a phone will put in; only whether it is one matters to how the rest is worded."""

    def __str__(self) -> str:
        return "⟦n⟧"


def moulds() -> dict[str, str]:
    """Name → part, in the reader's language."""
    text = render_template("customers/_moulds.html", words=words, numbers=[("one", Hole(1)), ("other", Hole(2))])
    parts = (part.partition("⟧⟧") for part in text.split(BETWEEN)[1:])
    frame = render_template("customers/_frame.html")
    return {name: part.strip() for name, _end, part in parts} | {"frame": frame}


def shown(customer: Customer) -> dict[str, Any]:
    """His row: `html` with the holes href, end, mind and, if there are several to ask for, person; `minds`: (the day from
    which it holds, what is to be minded), for what it says changes with the days; the first holds from the beginning."""
    people = customer.people
    is_stranger = customer.id == STRANGER
    person: Any = SimpleNamespace(name="⟦person⟧") if len(people) > 1 or is_stranger else next(iter(people), None)
    days = _turning_days(customer, people)
    entries = [(day, Row(customer, person, *celebration(people, day))) for day in days]
    text = render_template("customers/_packed_row.html", entries=entries, words=words, is_stranger=is_stranger)
    html, *minds = (" ".join(part.split()) for part in text.split(BETWEEN))
    told = [["" if n == 0 else days[n].isoformat(), mind] for n, mind in enumerate(minds)]
    return {"html": html, "minds": [one for n, one in enumerate(told) if n == 0 or one[1] != told[n - 1][1]]}


def _turning_days(customer: Customer, people: list[Contact]) -> list[date]:
    """A day before all, and those on which the row may begin to say something else."""
    turns: set[date] = set()
    if customer.next_step_on:
        turns |= {customer.next_step_on, customer.next_step_on + A_DAY}
    for person in people:
        if person.birthday_month and person.birthday_day and person.consent != "refused":
            born = person.birthday_month, person.birthday_day, person.birthday_is_lunar
            birthday = next_birthday(*born, clock.today())
            turns |= {birthday - BIRTHDAYS_WITHIN, birthday + A_DAY}
    return [min(turns, default=clock.today()) - A_DAY, *sorted(turns)]
