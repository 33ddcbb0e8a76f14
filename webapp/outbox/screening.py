"""What is looked at before a batch is delivered: rooms above may answer an entry themselves, or take something out of it."""

from collections.abc import Callable, Iterator
from typing import Any

from webapp.outbox import delivery
from webapp.outbox.entries import Entry

Screen = Callable[[list[Entry]], dict[str, dict[str, Any]]]
_screens: list[Screen] = []


def screened_by(screen: Screen) -> Screen:
    """Register who looks through every batch: what it answers (entry id → answer) reaches no view."""
    _screens.append(screen)
    return screen


def deliver(entries: list[Entry], device: str = "") -> Iterator[dict[str, Any]]:
    """The answer to each entry, in order."""
    answered: dict[str, dict[str, Any]] = {}
    for screen in _screens:
        answered |= screen(entries)
    others = delivery.deliver([entry for entry in entries if entry.id not in answered], device)
    for entry in entries:
        yield {"id": entry.id, **answered[entry.id]} if entry.id in answered else next(others)
