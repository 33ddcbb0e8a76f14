"""What the phone's own search needs of each customer: the key of webapp.foundation.pinyin, and how its texts are read."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, selectinload

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.foundation.folding import Unit, chunks_of, simplified
from webapp.foundation.pinyin import readings_of

HAN = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
"""Where traditional 汉字 stand in Unicode."""

Row = dict[str, Any]


def rows(user: User) -> list[Row]:
    """A row for each own customer, by name. Two queries."""
    mine = _own(user.id).order_by(Customer.sort_key, Customer.id)
    return [row(customer) for customer in db.session.scalars(mine)]


def rows_of(user_id: str, customer_ids: Iterable[str]) -> dict[str, Row]:
    """Customer id → row, of those that are his own. Two queries, or none for nobody."""
    if not (ids := list(customer_ids)):
        return {}
    return {customer.id: row(customer) for customer in db.session.scalars(_own(user_id).where(Customer.id.in_(ids)))}


def _own(user_id: str) -> Select[Any]:
    mine = select(Customer).where(Customer.owner_id == user_id, Customer.merged_into_id.is_(None))
    return mine.options(selectinload(Customer.contacts), defer(Customer.note), defer(Customer.pain))


def row(customer: Customer) -> Row:
    """`note` is the line under the name; `sort` orders equals; `said` are the chunks of its texts (see `spelled`)."""
    people = customer.people
    note = " · ".join(text for text in (customer.district or customer.city, people[0].name if people else "") if text)
    texts = [customer.name, customer.short_name, customer.code, customer.phone]
    texts += [text for person in people for text in (person.name, person.phone)]
    return {
        "id": customer.id,
        "name": customer.title,
        "level": customer.level,
        "note": note,
        "key": customer.search_key,
        "sort": customer.sort_key,
        "said": said(texts),
    }


def said(texts: Iterable[str | None]) -> list[str]:
    """The chunks of these texts as the phone compares them, each once."""
    return list(dict.fromkeys(spelled(chunk) for text in texts for chunk in chunks_of(text or "")))


def spelled(chunk: list[Unit]) -> str:
    """A chunk as text: units with spaces between; a word as it is, a 汉字 with its readings behind it: `重zhong,chong`."""
    return " ".join(unit.text if unit.word else unit.text + ",".join(readings_of(unit)) for unit in chunk)


@cache
def simple() -> str:
    """Every traditional 汉字 with its simplified one behind it, in one text, for the phone's rule 1."""
    pairs = ((chr(n), simplified(chr(n))) for first, last in HAN for n in range(first, last + 1))
    return "".join(char + plain for char, plain in pairs if char != plain)
