"""Like entries that follow one another in a batch may be taken in together: what each of their views would ask is asked for
all of them at once and lies at hand, and what they do is written at once.

A room says so for a noun of its own by laying out for it. Nothing else changes: if anything is the matter with one of them
nothing has happened yet, and they are taken in one by one (webapp/outbox/delivery.py).
"""

import re
from collections.abc import Callable, Iterator

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
    """The entries in their order, in groups of those that may be taken in together: of one noun, each of another customer,
    none of them here before (`known`: ids). Everything else stands alone."""
    run: list[Entry] = []
    noun, customers = "", set[str]()
    for entry in entries:
        customer_id, kind = _about(entry) if entry.id not in known else ("", "")
        if not kind or kind != noun or customer_id in customers:
            if run:
                yield run
            run, noun, customers = [], kind, set()
        run.append(entry)
        customers.add(customer_id)
    if run:
        yield run


def lay_out(run: list[Entry]) -> None:
    """Let everybody who has something to lay out for this run do so."""
    by_customer = {_about(entry)[0]: entry for entry in run}
    for layer in _layers[_about(run[0])[1]]:
        layer(by_customer)


def _about(entry: Entry) -> tuple[str, str]:
    """The customer and the noun of its address; empty if nobody lays out for such."""
    found = ADDRESS.fullmatch(entry.action)
    return (found[1], found[2]) if found and found[2] in _layers else ("", "")
