"""Care days: a birthday by either calendar at a customer's, a festival; told in the morning, with an opener."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select

from webapp.accounts.models import User
from webapp.attention import queries
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db
from webapp.foundation.lunar import lunar_of, next_birthday
from webapp.push.models import notify
from webapp.push.mornings import every_morning

BY_THE_SUN = {(1, 1): "new_year", (10, 1): "national"}
BY_THE_MOON = {
    (1, 1): "spring",
    (1, 15): "lantern",
    (5, 5): "dragon_boat",
    (8, 15): "mid_autumn",
    (9, 9): "double_ninth",
}


def festival_on(day: date) -> str:
    """The festival that is kept on this day; '' on all others. A leap month has none."""
    month, date_ = lunar_of(day)
    is_first_time = lunar_of(day - timedelta(days=30))[0] != month
    by_the_moon = BY_THE_MOON.get((month, date_)) if is_first_time else None
    return BY_THE_SUN.get((day.month, day.day)) or by_the_moon or ""


@every_morning
def tell_of_festivals(day: date, living_there: ColumnElement[bool]) -> None:
    if festival := festival_on(day):
        people = select(User.id).where(living_there, User.role.in_(("rep", "supervisor")))
        notify("care", db.session.scalars(people).all(), url="/customers", title=festival, key=day.isoformat())


@every_morning
def tell_of_birthdays(day: date, living_there: ColumnElement[bool]) -> None:
    """Whoever keeps a birthday today, with the best opener that is known of him."""
    for person in db.session.scalars(_born_about(day, living_there)).all():
        month, born = person.birthday_month or 0, person.birthday_day or 0
        if queries.person_allows(person) and next_birthday(month, born, person.birthday_is_lunar, day) == day:
            customer, url = person.customer, f"/customers/{person.customer_id}#attention"
            openers = [item for item in queries.items(customer.id).live if queries.may_open(item) and item.opener]
            his = [item for item in openers if item.contact_id == person.id] or openers
            text, title = his[0].opener if his else "", f"{person.name} · {customer.title}"
            notify("care", [customer.owner_id], subject=person.id, url=url, title=title, text=text, key=day.isoformat())


def _born_about(day: date, living_there: ColumnElement[bool]) -> Select[Contact]:
    """Those who may keep it today: born on this date, or on one that this year does not have."""
    month, date_ = lunar_of(day)
    by_the_sun = and_(Contact.birthday_is_lunar.is_(False), _near(day.month, day.day))
    by_the_moon = and_(Contact.birthday_is_lunar.is_(True), _near(month, date_))
    people = select(Contact).join(Customer, Customer.id == Contact.customer_id)
    people = people.join(User, User.id == Customer.owner_id)
    return people.where(living_there, Customer.merged_into_id.is_(None), or_(by_the_sun, by_the_moon))


def _near(month: int, date_: int) -> ColumnElement[bool]:
    return and_(Contact.birthday_month == month, Contact.birthday_day.between(date_, date_ + 2))
