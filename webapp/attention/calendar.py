"""The days on which one greets customers: festivals by sun and moon, and the birthdays that a stretch of days holds."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_

from webapp.customers.models import Contact
from webapp.foundation.lunar import born_on, moon_of

BY_THE_SUN = {(1, 1): "new_year", (10, 1): "national"}
BY_THE_MOON = {
    (1, 1): "spring",
    (1, 15): "lantern",
    (5, 5): "dragon_boat",
    (8, 15): "mid_autumn",
    (9, 9): "double_ninth",
}
FESTIVALS = (*BY_THE_SUN.values(), *BY_THE_MOON.values())
BIRTHDAY = "birthday"
OCCASIONS = (BIRTHDAY, *FESTIVALS)


def festivals_on(day: date) -> list[str]:
    """The festivals that are kept on this day: mostly none, now and then two. A leap month has none."""
    by_the_moon = BY_THE_MOON.get(moon_of(day))
    return [festival for festival in (BY_THE_SUN.get((day.month, day.day)), by_the_moon) if festival]


def festivals_between(first: date, last: date) -> list[tuple[date, str]]:
    return [(day, festival) for day in days(first, last) for festival in festivals_on(day)]


def days(first: date, last: date) -> Iterator[date]:
    yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def keeps_birthday(first: date, last: date) -> ColumnElement[bool]:
    """The condition of being a person whose birthday is kept on one of these days."""
    kept = [born for day in days(first, last) for born in born_on(day)]
    of_the_year = Contact.birthday_month * 100 + Contact.birthday_day
    return or_(
        *(
            and_(
                Contact.birthday_is_lunar.is_(by_the_moon),
                of_the_year.in_(
                    sorted({month * 100 + day for month, day, is_lunar in kept if is_lunar == by_the_moon})
                ),
            )
            for by_the_moon in (False, True)
        )
    )


def birthday_of(person: Contact, first: date, last: date) -> date | None:
    """On which of these days this person's birthday is kept."""
    born = (person.birthday_month, person.birthday_day, person.birthday_is_lunar)
    return next((day for day in days(first, last) if born in born_on(day)), None)
