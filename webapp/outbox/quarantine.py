"""What a phone kept for a customer that is somebody else's by now: read aloud, filed in its author's name by a leader,
or put aside with a word why."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from flask import current_app, g, request

from webapp.accounts.access import lending
from webapp.accounts.models import User
from webapp.accounts.sessions import in_the_name_of
from webapp.foundation.db import db
from webapp.foundation.facts import tell
from webapp.outbox import arrivals, handing
from webapp.outbox.arrivals import Quarantined
from webapp.outbox.entries import Entry, moment_of
from webapp.outbox.facts import AttachmentArrived
from webapp.outbox.handing import OF_AN_ENTRY

Lines = list[tuple[str, str]]
Reader = Callable[[str, User], Lines]
CUSTOMERS = "customer"

_readers: dict[str, Reader] = {}


def reads(noun: str) -> Callable[[Reader], Reader]:
    """Register who reads aloud what is posted to `/customers/<id>/<noun>`: given the customer's id (empty if it must not
    be looked up) and the author, inside a request that holds the form, he answers (label, words) pairs."""

    def register(reader: Reader) -> Reader:
        _readers[noun] = reader
        return reader

    return register


def in_words(row: Quarantined, customer_id: str) -> Lines:
    """What the form says, field by field; `customer_id` is empty for one who may not see the customer."""
    reader = _readers.get(row.noun)
    if reader is None:
        return [(str(name), str(value)) for name, value in row.fields if value]
    body = urlencode([(str(name), str(value)) for name, value in row.fields])
    said: dict[str, Any] = {"method": "POST", "data": body, "content_type": "application/x-www-form-urlencoded"}
    reader_s = {name: request.headers[name] for name in ("Accept-Language", "Cookie") if name in request.headers}
    with (
        a_desk_of_its_own(),
        current_app.test_request_context(row.action, headers=reader_s, **said),
    ):
        return reader(customer_id, row.author)


def file(row: Quarantined, by: User) -> list[str] | None:
    """File it as its author would have, at the customer as it is now. None if it lies there (now, or since before), else
    what its form had to say against it; then nothing is changed."""
    if row.decision:
        return None if row.decision == "filed" else []
    entry = Entry(row.id, row.action, [(str(name), str(value)) for name, value in row.fields])
    entry.done_at = moment_of(row.made_at)
    savepoint = db.session.begin_nested()
    with a_desk_of_its_own(), lending(row.author, CUSTOMERS, entry.customer_id), in_the_name_of(row.author):
        response = handing.hand_to_view(entry)
        errors = [error for errors in g.form_refused.values() for error in errors]
    if response.status_code >= 400:
        savepoint.rollback()
        return errors
    row.decide("filed", by, location=response.location or "")
    _bring_what_came_before(row)
    savepoint.commit()
    return None


def drop(row: Quarantined, by: User, reason: str) -> None:
    """Put it aside; what was decided before stays."""
    if not row.decision:
        row.decide("dropped", by, reason)
        for announced in arrivals.of_entry(row.id):
            announced.sweep()


def _bring_what_came_before(row: Quarantined) -> None:
    """The photos that were here before anybody could take them in."""
    for announced in arrivals.of_entry(row.id):
        if announced.complete_at and (content := announced.content()) is not None:
            tell(AttachmentArrived(announced, content))


@contextmanager
def a_desk_of_its_own() -> Iterator[None]:
    """What the request that is being answered has laid on its desk is there again afterwards."""
    names = (*OF_AN_ENTRY, "baggage", "_flask_babel")  # the last: what language and zone this request is answered in
    kept: dict[str, Any] = {name: g.pop(name) for name in names if name in g}
    try:
        yield
    finally:
        for name in names:
            g.pop(name, None)
        for name, value in kept.items():
            setattr(g, name, value)
