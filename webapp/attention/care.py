"""Care days are told in the morning: a week before, and once more on the day to whoever has not greeted yet."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from webapp.accounts.models import User
from webapp.attention import care_queries
from webapp.attention.calendar import BIRTHDAY, festivals_between
from webapp.attention.care_words import OCCASIONS
from webapp.attention.facts import Greeted
from webapp.attention.models import Greeting
from webapp.customers import telling
from webapp.customers.facts import ContactsMerged
from webapp.customers.following import follow
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.push.models import Notice, notify
from webapp.push.mornings import every_morning
from webapp.push.words import AHEAD

WEEK_BEFORE, AT_LEAST = timedelta(days=7), timedelta(days=5)
"""When one is told first; later only if nobody could be told on that morning."""


def _key(on: date, day: date) -> str | None:
    """Under which one is told on `day` of what is on another day; None if that is not the time."""
    if on == day:
        return on.isoformat()
    return on.isoformat() + AHEAD if AT_LEAST <= on - day <= WEEK_BEFORE else None


@every_morning
def tell_of_festivals(day: date, living_there: ColumnElement[bool]) -> None:
    for on, festival in festivals_between(day, day + WEEK_BEFORE):
        if key := _key(on, day):
            people = select(User.id).where(living_there, User.role.in_(("rep", "supervisor")))
            told = {"subject": festival, "url": f"/care#{festival}", "title": festival, "key": key}
            notify("care", db.session.scalars(people).all(), **told)


@every_morning
def tell_of_birthdays(day: date, living_there: ColumnElement[bool]) -> None:
    """Whoever looks after a person who keeps his birthday, with the best opener that is known of him."""
    theirs = Customer.owner_id.in_(select(User.id).where(living_there))
    for care in care_queries.birthdays(theirs, day, day + WEEK_BEFORE):
        key, person = _key(care.on, day), care.person
        if key and care.greeting is None:
            told = {"title": f"{person.name} · {person.customer.title}", "text": care.opener, "key": key}
            notify("care", [person.customer.owner_id], subject=person.id, url=f"/care#to-{person.id}", **told)


@hears(Greeted)
def need_not_be_told(fact: Greeted) -> None:
    """What was told of his birthday is done with, whoever saw to it."""
    if fact.occasion == BIRTHDAY:
        told = (Notice.kind == "care", Notice.subject == fact.contact_id, Notice.read_at.is_(None))
        db.session.execute(update(Notice).where(*told).values(read_at=clock.here()))


@telling.tells("greeting")
def say_what_was_greeted(text: str, detail: telling.Detail) -> str:
    return " · ".join(filter(None, (text, str(OCCASIONS.get(str(detail.get("occasion")), "")))))


@hears(ContactsMerged)
def move_to_the_kept_person(fact: ContactsMerged) -> None:
    """Who was greeted under both names was greeted once."""
    kept = select(Greeting.occasion, Greeting.day).where(Greeting.contact_id == fact.kept_id)
    for occasion, day in db.session.execute(kept).all():
        twice = (Greeting.contact_id == fact.gone_id, Greeting.occasion == occasion, Greeting.day == day)
        db.session.execute(delete(Greeting).where(*twice))
    follow(fact, Greeting.contact_id)
