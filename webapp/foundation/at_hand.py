"""What many would ask the database one by one is asked for all of them at once and lies at hand meanwhile; and rows that many
would write one by one are put by, and written at once.

Only who takes in a run of like entries lays such a table (webapp/outbox/together.py); everywhere else nothing is at hand,
and everybody asks and writes for himself as ever. An answer is there once: who asks a second time may have changed it
meanwhile.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import g
from sqlalchemy import insert

from webapp.foundation.db import Base, db

A = TypeVar("A")


@contextmanager
def table() -> Iterator[None]:
    """Inside, what is laid lies at hand. At the end what was put by is written, unless something went wrong."""
    g.at_hand, g.put_by = {}, defaultdict(list)
    try:
        yield
        for model, rows in g.put_by.items():
            db.session.execute(insert(model), rows)
    finally:
        del g.at_hand, g.put_by


def lay(pile: str, answers: Mapping[Any, Any]) -> None:
    """The answers to all that may be asked by these keys; None for what was looked for and is not there."""
    g.at_hand[pile] = dict(answers)


def has(pile: str, key: Any) -> bool:
    return key in g.get("at_hand", {}).get(pile, ())


def take(pile: str, key: Any, otherwise: Callable[[], A]) -> A:
    """What was laid for this key, if nobody has taken it yet; else what is found by asking."""
    answers = g.get("at_hand", {}).get(pile, {})
    return answers.pop(key) if key in answers else otherwise()


def keep(pile: str, key: Any, otherwise: Callable[[], A]) -> A:
    """The same for what nobody inside changes: asked for once, and there for all."""
    if "at_hand" not in g:
        return otherwise()
    answers = g.at_hand.setdefault(pile, {})
    if key not in answers:
        answers[key] = otherwise()
    return answers[key]


def put_by(model: type[Base], values: dict[str, Any]) -> None:
    """Add a row of which nobody will ask, and to which no other points, in this transaction. Its moments are named."""
    if "put_by" in g:
        g.put_by[model].append(values)
    else:
        db.session.add(model(**values))
