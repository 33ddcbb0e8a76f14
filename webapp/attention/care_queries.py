"""The care days to come: whose birthday it is and which festivals, whom to greet, with what to begin, who was greeted before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.attention.calendar import BIRTHDAY, birthday_of, festivals_between, keeps_birthday
from webapp.attention.models import Greeting
from webapp.attention.models.greeting import SAME_TIME
from webapp.attention.opening import best_openers
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db

AHEAD = timedelta(days=14)
"""How far ahead the page looks."""
SOON = timedelta(days=7)
"""How far ahead one is reminded: today and the week after."""
GREETED_AT_FESTIVALS = ("A", "B", "C")
A_LEADER_CARES_FOR = ("A", "B")
AT_ONCE = 24
"""People of one festival on the page at once; the next ones come when these have been greeted."""
DECIDING = 2
"""The decision rank of whoever has a say."""


@dataclass(frozen=True)
class Care:
    """Somebody who is to be greeted for `occasion` on the day `on`; `opener`: what goes down well with him; `before`: the
    last time that he was; `greeting`: this time."""

    person: Contact
    occasion: str
    on: date
    opener: str = ""
    before: Greeting | None = None
    greeting: Greeting | None = None


@dataclass(frozen=True)
class CareDay:
    """`festivals`: code, those to greet, how many more there are."""

    on: date
    birthdays: list[Care] = field(default_factory=list)
    festivals: list[tuple[str, list[Care], int]] = field(default_factory=list)


@dataclass(frozen=True)
class CarePage:
    days: list[CareDay]
    done: list[Care]


def page_of(user: User, today: date) -> CarePage:
    """His own customers' care days, and those of the best customers of whom he leads. Six queries at most, two a festival."""
    whose, last = _cared_for_by(user), today + AHEAD
    born = birthdays(whose, today, last)
    days: dict[date, CareDay] = {}
    for care in born:
        if care.greeting is None:
            days.setdefault(care.on, CareDay(care.on)).birthdays.append(care)
    for on, code in festivals_between(today, last):
        days.setdefault(on, CareDay(on)).festivals.append((code, *to_greet(whose, code, on)))
    return CarePage([days[on] for on in sorted(days)], [care for care in born if care.greeting])


def count(user: User, day: date) -> int:
    """How many care days his own customers have within a week of this day: birthdays that are not greeted yet, festivals."""
    born = birthdays(Customer.owner_id == user.id, day, day + SOON, openers=False)
    return sum(care.greeting is None for care in born) + len(festivals_between(day, day + SOON))


def of_customer(customer: Customer, today: date) -> dict[str, Care]:
    """Contact id → whose birthday at this customer comes within a week and is not greeted yet."""
    if not any(person.birthday_month for person in customer.contacts):
        return {}
    born = birthdays(Customer.id == customer.id, today, today + SOON, openers=False)
    return {care.person.id: care for care in born if care.greeting is None}


def birthdays(whose: ColumnElement[bool], first: date, last: date, openers: bool = True) -> list[Care]:
    """Whose birthday is kept on one of these days: by the day, the better level first."""
    born = list(db.session.scalars(_people(whose).where(keeps_birthday(first, last))).unique())
    told, begin = _greetings(born, BIRTHDAY), best_openers(born) if openers else {}
    found = []
    for person in born:
        on = birthday_of(person, first, last)
        if on is not None:
            now, before = _this_time_and_before(told[person.id], BIRTHDAY, on)
            found.append(Care(person, BIRTHDAY, on, begin.get(person.id, ""), before, now))
    return sorted(
        found, key=lambda care: (care.on, care.person.customer.level, care.person.decision_rank, care.person.id)
    )


def to_greet(whose: ColumnElement[bool], festival: str, on: date) -> tuple[list[Care], int]:
    """Those who are to be greeted for a festival and were not yet, who decides first, then by level; and how many more."""
    greeted = select(Greeting.id).where(Greeting.contact_id == Contact.id, Greeting.occasion == festival)
    greeted = greeted.where(Greeting.day.between(on - SAME_TIME, on + SAME_TIME))
    left = _people(whose).where(Customer.level.in_(GREETED_AT_FESTIVALS), ~greeted.exists())
    ordered = left.order_by(Contact.decision_rank > DECIDING, Customer.level, Contact.decision_rank, Contact.id)
    rows = db.session.execute(ordered.add_columns(func.count().over()).limit(AT_ONCE)).unique().all()
    people = [row[0] for row in rows]
    told = _greetings(people, festival)
    cares = [Care(one, festival, on, before=_this_time_and_before(told[one.id], festival, on)[1]) for one in people]
    return cares, (rows[0][1] if rows else 0) - len(cares)


def _cared_for_by(user: User) -> ColumnElement[bool]:
    """One's own customers; a leader also greets the best of those whom his people look after."""
    own = Customer.owner_id == user.id
    led = and_(visible_to(user, Customer.owner_id), Customer.level.in_(A_LEADER_CARES_FOR))
    return own if user.role == "rep" else or_(own, led)


def _people(whose: ColumnElement[bool]) -> Select[Contact]:
    """Those who are there and let us note them, with their customer and whose it is."""
    there = select(Contact).join(Customer, Customer.id == Contact.customer_id)
    there = there.options(contains_eager(Contact.customer).joinedload(Customer.owner))
    may = (Contact.left_at.is_(None), Contact.consent != "refused")
    return there.where(whose, Customer.merged_into_id.is_(None), *may)


def _greetings(people: Iterable[Contact], occasion: str) -> dict[str, list[Greeting]]:
    """Contact id → how he was greeted for this occasion, the latest first. One query."""
    ids = [person.id for person in people]
    given = select(Greeting).where(Greeting.contact_id.in_(ids), Greeting.occasion == occasion)
    found = defaultdict(list)
    for greeting in db.session.scalars(given.options(joinedload(Greeting.by)).order_by(Greeting.day.desc())):
        found[greeting.contact_id].append(greeting)
    return found


def _this_time_and_before(given: list[Greeting], occasion: str, on: date) -> tuple[Greeting | None, Greeting | None]:
    now = next((greeting for greeting in given if greeting.is_of(occasion, on)), None)
    return now, next((greeting for greeting in given if greeting.day < on - SAME_TIME), None)
