"""Facts go up: a room tells what happened, rooms above it hear, all in the caller's transaction.

An error in a listener is an error of the whole: nothing is swallowed, so nothing is half true.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F")

_listeners: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def hears(kind: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Register a function to be called with every fact of this kind."""

    def register(listener: Callable[[F], None]) -> Callable[[F], None]:
        if listener not in _listeners[kind]:
            _listeners[kind].append(listener)
        return listener

    return register


def tell(fact: object) -> None:
    """Say that something happened to all who listen, in the order in which they registered."""
    for listener in _listeners[type(fact)]:
        listener(fact)
