"""A batch from a phone's outbox. Each entry is handed to the very view that a browser's post to its address reaches, in
the batch's one transaction, with a savepoint of its own: one bad entry never blocks the rest. Like ones
are taken in together where they can be.

The contract is docs/protocol.md.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Response, g
from flask_login import current_user
from sqlalchemy import select, union

from webapp.foundation import at_hand
from webapp.foundation.db import as_id, db
from webapp.foundation.facts import tell
from webapp.foundation.logs import log
from webapp.outbox import handing, together
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.outbox.entries import Entry
from webapp.outbox.facts import HeldForDecision
from webapp.outbox.models import Receipt

# What has happened at a customer's is stored even if the customer is somebody else's by now; a leader decides.
FACTS = re.compile(r"^/customers/[0-9a-f-]{36}/(reports|attention|notes|promises|check-ins|complaints|comparisons)$")


class OneByOne(Exception):
    """One of a run was refused, and what was filed beside it may not stay."""


def deliver(entries: list[Entry], device: str = "") -> Iterator[dict[str, Any]]:
    """The answer to each entry, in order; `device` is the phone's name for itself. After a `retry_later` the later
    entries of its scope wait too."""
    waiting: set[str] = set()
    for entry in entries:
        entry.device = device
    answers: dict[int, dict[str, Any]] = {}
    for run in together.runs(entries, _known(entries)):
        answered = _together(run, waiting) or _one_by_one(run, waiting)
        answers |= {id(entry): answer for entry, answer in zip(run, answered, strict=True)}
    yield from (answers[id(entry)] for entry in entries)


def _known(entries: list[Entry]) -> set[str]:
    """The ids of those that have been here before."""
    ids = [entry.id for entry in entries] if len(entries) > 1 else []
    here = (select(table.id).where(table.id.in_(ids)) for table in (Receipt, Quarantined))
    return set(db.session.scalars(union(*here))) if ids else set()


def _together(run: list[Entry], waiting: set[str]) -> list[dict[str, Any]]:
    """Take in all of them at once; empty if that cannot be, and then nothing has happened."""
    if len(run) == 1 or waiting.intersection(entry.scope for entry in run):
        return []
    try:
        with db.session.begin_nested(), at_hand.table():
            together.lay_out(run)
            return [{"id": entry.id, **_file(entry)} for entry in run]
    except Exception:
        return []


def _file(entry: Entry) -> dict[str, Any]:
    """File one that is new; raises OneByOne if its view refuses it."""
    response = handing.hand_to_view(entry, is_new=True)
    if response.status_code >= 400:
        raise OneByOne
    return _accepted(entry, response, "accepted")


def _one_by_one(run: list[Entry], waiting: set[str]) -> Iterator[dict[str, Any]]:
    for entry in run:
        if entry.scope and entry.scope in waiting:
            yield {"id": entry.id, "result": "retry_later", "reason": "order"}
            continue
        answer = _take_in(entry)
        refused = answer["result"] in ("rejected", "conflict") and entry.scope == entry.id
        if answer["result"] == "retry_later" or refused:  # what is written about a customer waits until he is taken in
            waiting.add(entry.scope)
        yield {"id": entry.id, **answer}


def _take_in(entry: Entry) -> dict[str, Any]:
    known = db.session.get(Receipt, entry.id)
    if known is None and (held := db.session.get(Quarantined, entry.id)) is not None:
        return _still_held(entry, held)
    savepoint = db.session.begin_nested()
    try:
        response = handing.hand_to_view(entry)
    except Exception as error:
        savepoint.rollback()
        log.error("entry", error_id=entry.id[:8], exc_info=error)
        return {"result": "retry_later", "reason": "server"}
    if response.status_code < 400:
        answer = _accepted(entry, response, "duplicate" if known else "accepted")
        savepoint.commit()
        return answer
    savepoint.rollback()
    return _refusal(entry, response, known)


def _accepted(entry: Entry, response: Response, result: str) -> dict[str, Any]:
    """Its receipt keeps the number that it has on its phone; its files are expected."""
    receipt = g.get("receipt") or db.session.get(Receipt, entry.id)
    if receipt is not None and not receipt.device_id:
        receipt.device_id, receipt.seq = entry.device, entry.seq
    _announce(entry)
    return {"result": result, "location": response.location or entry.action, "receipt": entry.id}


def _refusal(entry: Entry, response: Response, known: Receipt | None) -> dict[str, Any]:
    if response.status_code == 409 and known is not None:
        return {
            "result": "conflict",
            "reason": "another_body",
            "location": known.location if known.user_id == current_user.id else "",
        }
    if response.status_code == 404 and FACTS.match(urlsplit(entry.action).path):
        return _quarantine(entry)
    if response.status_code in (429, 503):
        return {"result": "retry_later", "reason": "busy"}
    errors = g.get("form_refused", {})
    return {"result": "rejected", "reason": "form" if errors else str(response.status_code), "errors": errors}


def _quarantine(entry: Entry) -> dict[str, Any]:
    """Keep what happened although the customer cannot be seen any more."""
    if db.session.get(Quarantined, entry.id) is None:
        row = Quarantined(id=entry.id, author_id=current_user.id, action=entry.action, made_at=_iso(entry))
        row.fields, row.attachments = [list(pair) for pair in entry.fields], entry.attachments
        row.customer_id, row.device_id, row.seq = entry.customer_id, entry.device, entry.seq
        db.session.add(row)
        db.session.flush()  # what was announced with it points to it
        _announce(entry)
        tell(HeldForDecision(entry.id, current_user.id, entry.customer_id))
    return {"result": "quarantined", "reason": "not_yours", "receipt": entry.id}


def _still_held(entry: Entry, held: Quarantined) -> dict[str, Any]:
    """A leader has it: even if the customer came back, it is not filed behind his back. Other words under its id are not
    taken for those that he reads."""
    if held.author_id != current_user.id or held.fields != [list(pair) for pair in entry.fields]:
        return {"result": "conflict", "reason": "another_body", "location": ""}
    return _quarantine(entry)


def _iso(entry: Entry) -> str:
    return entry.done_at.isoformat() if entry.done_at else entry.made_at[:40]


def _announce(entry: Entry) -> None:
    """Expect the attachments that were named; a second naming changes nothing."""
    for position, named in enumerate(entry.attachments):
        known = as_id(str(named.get("id")))
        if known and db.session.get(Announced, known) is None:
            db.session.add(Announced.of(entry.id, current_user.id, known, position, named))
