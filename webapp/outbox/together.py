"""Like entries that follow one another in a batch may be taken in together: what each of their views would ask is asked for
all of them at once and lies at hand, and what they do is written at once.

A room says so for a noun of its own by laying out for it. Nothing else changes: if anything is the matter with one of them
nothing has happened yet, and they are taken in one by one (webapp/outbox/delivery.py).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby

from webapp.outbox.entries import Entry

ADDRESS = re.compile(r"/customers/([0-9a-f-]{36})/([a-z-]+)")
Entries = dict[str, Entry]
"""By the id of the customer that each is about."""
Layer = Callable[[Entries], None]

_layers: dict[str, list[Layer]] = {}


def lays_out(noun: str) -> Callable[[Layer], Layer]:
    """Register who lays at hand (foundation.at_hand) what the view of `/customers/<id>/<noun>` will ask. What is filed there
    on one customer must leave as it is what others will ask of another."""

    def register(layer: Layer) -> Layer:
        _layers.setdefault(noun, []).append(layer)
        return layer

    return register


def runs(entries: list[Entry], known: set[str]) -> Iterator[list[Entry]]:
    """The entries in groups of those that may be taken in together: of one noun, each of another customer, none of them here
    before (`known`: ids); everything else stands alone. What is about one customer stays in its order."""
    for _stretch, alike in groupby(enumerate(entries), lambda place: _kind(place[0], place[1], known)):
        rounds: list[list[Entry]] = []
        times: Counter[str] = Counter()
        for _place, entry in alike:
            customer_id = _about(entry)[0] or entry.id
            if times[customer_id] == len(rounds):
                rounds.append([])
            rounds[times[customer_id]].append(entry)
            times[customer_id] += 1
        yield from rounds


def _kind(place: int, entry: Entry, known: set[str]) -> str | int:
    """What those that follow one another must have in common; its own place, if it goes with nobody."""
    return (_about(entry)[1] if entry.id not in known else "") or place


def lay_out(run: list[Entry]) -> None:
    """Let everybody who has something to lay out for this run do so."""
    by_customer = {_about(entry)[0]: entry for entry in run}
    for layer in _layers[_about(run[0])[1]]:
        layer(by_customer)


def _about(entry: Entry) -> tuple[str, str]:
    """The customer and the noun of its address; empty if nobody lays out for such."""
    found = ADDRESS.fullmatch(entry.action)
    return (found[1], found[2]) if found and found[2] in _layers else ("", "")
