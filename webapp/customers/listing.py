"""The list of customers: one page of rows, each with the person to ask for and what is to be minded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, raiseload

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.counts import Counts, bucket_of, counts
from webapp.customers.filters import Filters, has_place
from webapp.customers.geography import away
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.geo import distance_m
from webapp.foundation.lunar import next_birthday
from webapp.foundation.pinyin import is_mixed, matches, score_order

PAGE = 30
BIRTHDAYS_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """A customer, whom to ask for, whose birthday comes (and when), and how many metres away."""

    customer: Customer
    person: Contact | None = None
    celebrates: Contact | None = None
    birthday: date | None = None
    metres: float | None = None


@dataclass(frozen=True)
class Listing:
    rows: list[Row]
    has_more: bool
    counts: Counts
    """None are counted for a search."""
    filters: Filters

    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows by urgency, or all of them in one group without a name."""
        if not self.filters.in_groups:
            return [("", self.rows)] if self.rows else []
        today = clock.today()
        return [
            (bucket, list(rows))
            for bucket, rows in groupby(self.rows, lambda row: bucket_of(row.customer.next_step_on, today))
        ]


def listing(user: User, filters: Filters) -> Listing:
    """A page of the list that is asked for. Three queries, however long it is; one more for a mixed question."""
    found = _page_of(user, filters)
    people = people_of(customer.id for customer in found)
    rows = [_row(customer, people.get(customer.id, []), filters) for customer in found[:PAGE]]
    return Listing(rows, len(found) > PAGE, Counts() if filters.q else counts(user, filters), filters)


def _page_of(user: User, filters: Filters) -> list[Customer]:
    """One more than fit on the page, so that one knows whether there are more."""
    wanted = [visible_to(user, Customer.owner_id), Customer.merged_into_id.is_(None), *filters.conditions()]
    if filters.order == "nearby":
        wanted.append(has_place())
    before = (filters.page - 1) * PAGE
    if is_mixed(filters.q):
        ids: Any = _answering(wanted, filters)[before : before + PAGE + 1]
    else:
        some = select(Customer.id).where(*wanted).order_by(*_order(filters)).limit(PAGE + 1).offset(before)
        ids = select(some.subquery().c.id)
    wide = [defer(Customer.search_key), defer(Customer.note), joinedload(Customer.owner), raiseload(Customer.contacts)]
    # the ids come from an index alone; only the rows of this page are read whole
    page = select(Customer).where(Customer.id.in_(ids)).options(*wide).order_by(*_order(filters))
    return list(db.session.scalars(page))


def _answering(wanted: list[Any], filters: Filters) -> list[str]:
    """Of those whose keys answer a mixed question, the ids of those whose texts do, too: only they are counted off in
    pages. What stands side by side in the question stands so in one text. Two queries."""
    said: dict[str, list[str]] = {}
    there = (Contact.customer_id.in_(select(Customer.id).where(*wanted)), Contact.left_at.is_(None))
    for id, *texts in db.session.execute(select(Contact.customer_id, Contact.name, Contact.phone).where(*there)):
        said.setdefault(id, []).extend(texts)
    columns = (Customer.id, Customer.name, Customer.short_name, Customer.code, Customer.phone)
    found = db.session.execute(select(*columns).where(*wanted).order_by(*_order(filters)))
    return [id for id, *texts in found if matches(filters.q, *texts, *said.get(id, []))]


def _order(filters: Filters) -> tuple[Any, ...]:
    if filters.q:
        return (score_order(Customer.search_key, filters.q), Customer.sort_key, Customer.id)
    if filters.order == "nearby" and filters.place:
        return (away(filters.place), Customer.id)
    if filters.order == "name":
        return (Customer.sort_key, Customer.id)
    if filters.order == "recent":
        return (Customer.last_contact_at.is_(None), Customer.last_contact_at.desc(), Customer.id)
    return (Customer.next_step_on.is_(None), Customer.next_step_on, Customer.level, Customer.id)


def people_of(customer_ids: Iterable[str]) -> dict[str, list[Contact]]:
    """Who still works at these customers, whoever decides first. One query."""
    there = select(Contact).where(Contact.customer_id.in_(list(customer_ids)), Contact.left_at.is_(None))
    found: dict[str, list[Contact]] = {}
    for person in db.session.scalars(there.order_by(Contact.decision_rank, Contact.created_at)):
        found.setdefault(person.customer_id, []).append(person)
    return found


def _row(customer: Customer, people: list[Contact], filters: Filters) -> Row:
    choose = filters.q and len(people) > 1
    asked_for = [person for person in people if choose and matches(filters.q, person.name, person.phone)]
    celebrates, birthday = celebration(people, clock.today())
    metres = distance_m(filters.place, customer.place) if filters.place and customer.place else None
    return Row(customer, next(iter(asked_for or people), None), celebrates, birthday, metres)


def celebration(people: list[Contact], today: date) -> tuple[Contact | None, date | None]:
    """Whose birthday comes within a week, and when."""
    for person in people:
        if person.birthday_month and person.birthday_day and person.consent != "refused":
            on = next_birthday(person.birthday_month, person.birthday_day, person.birthday_is_lunar, today)
            if on <= today + BIRTHDAYS_WITHIN:
                return person, on
    return None, None
