"""Customers as a sheet: what one may see of those that the list is narrowed to, under the headings that an import
understands. Read some hundred at a time, so that a hundred thousand take no more memory than a hundred."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from webapp.accounts.models import User, note
from webapp.customers import words
from webapp.customers.filters import Filters
from webapp.customers.importing.words import FIELDS
from webapp.customers.listing import people_of
from webapp.customers.models import Contact, Customer, Tag
from webapp.foundation.db import db
from webapp.foundation.i18n import pgettext
from webapp.foundation.pinyin import is_mixed, matches

BATCH = 500
PEOPLE = 3
"""Of each customer have columns of their own; further ones stand in one column, by name."""
PLAIN = ("name", "short_name", "code", "industry", "area", "city", "district", "address", "phone", "website")
CODED = {"size": words.SIZES, "source": words.SOURCES, "stage": words.STAGES}
WRITTEN = ("level", "pain", "note", "next_step", "next_step_on")
PERSON = ("name", "title", "phone", "wechat", "email")
COLUMNS = [getattr(Customer, name) for name in ("id", *PLAIN, *CODED, *WRITTEN)]

Sheet = Iterator[list[Any]]


def export(user: User, filters: Filters) -> Sheet:
    """The headings, then a row a customer; and a line in the audit log, in the caller's transaction."""
    wanted = Customer.visible_to(user).where(*filters.conditions())
    rows = wanted.join(Customer.owner).with_only_columns(*COLUMNS, User.name.label("owner"))
    rows = rows.order_by(Customer.sort_key, Customer.id).execution_options(yield_per=BATCH)
    if is_mixed(filters.q):
        count = sum(len(batch) for batch in _batches(rows, filters.q))
    else:
        count = db.session.scalar(wanted.with_only_columns(func.count())) or 0
    note("customers_exported", None, count, user.id, **_narrowed(filters))
    return _sheet(rows, filters.q)


def _narrowed(filters: Filters) -> dict[str, Any]:
    """How the list was narrowed; of what was typed into the search only that something was."""
    said = filters.args()
    return {**said, "q": True} if said.get("q") else said


def _sheet(wanted: Select[Any], question: str) -> Sheet:
    yield _headings()
    for batch in _batches(wanted, question):
        tags = _tags(row.id for row in batch)
        people = people_of(row.id for row in batch)
        for row in batch:
            yield _line(row, tags.get(row.id, []), people.get(row.id, []))


def _batches(wanted: Select[Any], question: str) -> Iterator[Sequence[Any]]:
    for batch in db.session.execute(wanted).partitions():
        yield _exactly(question, batch) if is_mixed(question) else batch


def _exactly(question: str, batch: Sequence[Any]) -> Sequence[Any]:
    """The last rule of the search, which the database cannot follow."""
    people = people_of(row.id for row in batch)
    said = {id: [text for person in them for text in (person.name, person.phone)] for id, them in people.items()}
    return [
        row for row in batch if matches(question, row.name, row.short_name, row.code, row.phone, *said.get(row.id, []))
    ]


def _headings() -> list[str]:
    fields = [*PLAIN, *CODED, *WRITTEN, "tags"]
    for number in range(1, PEOPLE + 1):
        fields += [f"contact_{part}_{number}".removesuffix("_1") for part in PERSON]
    return [*(str(FIELDS[name]) for name in fields), pgettext("column", "更多联系人"), pgettext("column", "负责人")]


def _line(row: Any, tags: list[str], people: list[Contact]) -> list[Any]:
    coded = [str(labels.get(getattr(row, name), getattr(row, name))) for name, labels in CODED.items()]
    plain, written = ([getattr(row, name) for name in names] for names in (PLAIN, WRITTEN))
    persons = [getattr(person, part) for person in people[:PEOPLE] for part in PERSON]
    persons += [""] * (PEOPLE * len(PERSON) - len(persons))
    more = "；".join(" ".join(filter(None, (person.name, person.title, person.phone))) for person in people[PEOPLE:])
    return [*plain, *coded, *written, "，".join(tags), *persons, more, row.owner]


def _tags(customer_ids: Iterable[str]) -> dict[str, list[str]]:
    """The tags of these customers. One query."""
    found: dict[str, list[str]] = {}
    for tag in db.session.execute(select(Tag.customer_id, Tag.word).where(Tag.customer_id.in_(list(customer_ids)))):
        found.setdefault(tag.customer_id, []).append(tag.word)
    return found
