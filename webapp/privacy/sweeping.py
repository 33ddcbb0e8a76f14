"""Finding what was said of somebody in every text that the house keeps, and taking it out: whatever table comes, it is swept."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import current_app
from sqlalchemy import JSON, ColumnElement, String, cast, inspect, or_, select
from sqlalchemy import Text as SqlText

from webapp.foundation.db import Base, db

GONE = "［…］"
"""What stands where a name, a number or a sentence stood."""
NEVER = {
    "audit_entry",
    "user",
    "team",
    "device",
    "erasure",
    "erasure_carrier",
    "erased_thing",
    "erased_name",
    "pack_item",
}
"""Tables that name nobody outside the house, or may not be altered."""
ID = 36
SHORTEST, DISTINCT = 2, 6
"""Letters of a word that is looked for at all, and of one that nobody else is likely to have written."""


@dataclass
class Traces:
    """What somebody is known by. `his`: words that are his alone and go wherever they stand (numbers, whole sentences);
    `names`: words that others bear too, and that go where the row is of his customer, one of the ids in `of`, or nowhere
    else anybody is called so (`everywhere`)."""

    his: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    of: set[str] = field(default_factory=set)
    everywhere: bool = False

    def add(self, *words: str | None, shortest: int = DISTINCT) -> None:
        """What is long enough to be his alone goes wherever it stands; what is shorter only at his customer's."""
        for word in (word.strip() for word in words if word):
            if len(word) >= SHORTEST:
                (self.his if len(word) >= shortest else self.names).add(word)

    @property
    def words(self) -> set[str]:
        return self.his | self.names


@cache
def texts() -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """(model, its columns in which somebody may have written), for every table of the house."""
    found = []
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__tablename__):
        if mapper.class_.__tablename__ not in NEVER:
            columns = tuple(attribute.key for attribute in mapper.column_attrs if _may_hold_words(attribute.columns[0]))
            if columns:
                found.append((mapper.class_, columns))
    return tuple(found)


def _may_hold_words(column: Any) -> bool:
    is_text = isinstance(column.type, String) and (column.type.length or 10**6) > ID
    return (is_text or isinstance(column.type, JSON)) and not column.foreign_keys and not column.primary_key


def sweep(traces: Traces) -> set[str]:
    """Take out of every text what `traces` names; the ids of the rows in which something stood."""
    touched: set[str] = set()
    if not traces.words:
        return touched
    longest_first = sorted(traces.words, key=len, reverse=True)
    for model, columns in texts():
        for row in db.session.scalars(select(model).where(or_(*_says(model, columns, traces.words)))).unique():
            wanted = [
                word for word in longest_first if word in traces.his or traces.everywhere or _is_of(row, traces.of)
            ]
            if _clean(row, columns, wanted):
                touched.update(_ids(row))
    return touched


def _says(model: Any, columns: tuple[str, ...], words: set[str]) -> Iterator[ColumnElement[bool]]:
    for name in columns:
        column = getattr(model, name)
        is_json = isinstance(inspect(model).columns[name].type, JSON)
        for word in words:
            if is_json:  # as json writes it: with escapes in SQLite, without in PostgreSQL
                for spelling in {json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]}:
                    yield cast(column, SqlText).contains(spelling, autoescape=True)
            else:
                yield column.contains(word, autoescape=True)


def _is_of(row: Any, ids: set[str]) -> bool:
    """Whether a row is of one of these things: names it in a column, or in an address."""
    values = [getattr(row, attribute.key) for attribute in inspect(type(row)).column_attrs]
    said = [value for value in values if isinstance(value, str)]
    return any(value in ids for value in said) or any("/" in value and any(id in value for id in ids) for value in said)


def _clean(row: Any, columns: Iterable[str], words: list[str]) -> bool:
    changed = False
    for name in columns:
        before = getattr(row, name)
        after = without(before, words)
        if after != before:
            setattr(row, name, after)
            changed = True
    return changed


def without(said: Any, words: list[str]) -> Any:
    """The same without these words, whatever it is made of."""
    if isinstance(said, str):
        for word in words:
            said = said.replace(word, GONE)
        return said
    if isinstance(said, dict):
        return {key: without(value, words) for key, value in said.items()}
    return [without(one, words) for one in said] if isinstance(said, list) else said


def _ids(row: Any) -> Iterator[str]:
    yield from (str(value) for value in inspect(row).identity or ())


def digest(word: str) -> str:
    """A word as the ledger knows it: keyed, so that nobody finds it by trying all names."""
    key = hashlib.sha256(b"erased " + current_app.config["SECRET_KEY"].encode()).digest()
    return hmac.new(key, word.encode(), hashlib.sha256).hexdigest()


def known_in(text: str, digests: dict[int, set[str]]) -> list[str]:
    """The words of this text that the ledger knows: length → digests."""
    found = {
        text[at : at + length]
        for length, known in digests.items()
        for at in range(len(text) - length + 1)
        if digest(text[at : at + length]) in known
    }
    return sorted(found, key=len, reverse=True)
