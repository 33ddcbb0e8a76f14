"""By what the customers that somebody sees can be narrowed: what there is, with numbers, the most frequent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer, Tag
from webapp.foundation.db import db

MOST = 24
Values = list[tuple[str, int]]


@dataclass(frozen=True)
class Facets:
    """`owners`: (id, name, number), only for those who see the customers of several people."""

    stages: dict[str, int]
    industries: Values
    areas: Values
    tags: Values
    owners: list[tuple[str, str, int]]
    levels: dict[str, int]

    def stage_values(self, words: Mapping[str, Any]) -> list[tuple[str, Any, int]]:
        """(code, label, number) in the order of the sale."""
        return [(code, label, self.stages[code]) for code, label in words.items() if code in self.stages]

    def level_values(self, words: Mapping[str, Any]) -> list[tuple[str, str, int]]:
        there = self.levels
        return [(letter, f"{letter} {meaning}", there[letter]) for letter, meaning in words.items() if letter in there]

    def same(self, values: Values) -> list[tuple[str, str, int]]:
        """(value, label, number) where the value is its own label."""
        return [(value, value, number) for value, number in values]


def facets(user: User) -> Facets:
    return Facets(
        stages=dict(_numbers(user, Customer.stage)),
        industries=_numbers(user, Customer.industry),
        areas=_numbers(user, Customer.area),
        tags=tags(user),
        owners=_owners(user) if user.role != "rep" else [],
        levels=dict(_numbers(user, Customer.level)),
    )


def tags(user: User, most: int = MOST) -> Values:
    """The tags in use, the most frequent first."""
    used = select(Tag.word, func.count()).join(Customer, Customer.id == Tag.customer_id).where(*_seen(user))
    return _top(used.group_by(Tag.word).order_by(func.count().desc(), Tag.word), most)


def wordings(user: User) -> dict[str, list[str]]:
    """How industries, areas and cities have been written so far, to be offered while one types. Three queries."""
    return {
        name: [word for word, _number in _numbers(user, getattr(Customer, name), 60)]
        for name in ("industry", "area", "city")
    }


def _numbers(user: User, column: Any, most: int = MOST) -> Values:
    there = select(column, func.count()).where(*_seen(user), column != "")
    return _top(there.group_by(column).order_by(func.count().desc(), column), most)


def _top(query: Select[Any, int], most: int) -> Values:
    return list(db.session.execute(query.limit(most)))


def _owners(user: User) -> list[tuple[str, str, int]]:
    owned = select(User.id, User.name, func.count()).join(Customer, Customer.owner_id == User.id).where(*_seen(user))
    return list(db.session.execute(owned.group_by(User.id, User.name).order_by(User.name)))


def _seen(user: User) -> tuple[Any, ...]:
    return visible_to(user, Customer.owner_id), Customer.merged_into_id.is_(None)
