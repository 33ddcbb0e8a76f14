"""A batch from a phone's outbox. Each entry is handed to the very view that a browser's post to its address reaches, in
the batch's one transaction, with a savepoint of its own: one bad entry never blocks the rest.

The contract is docs/protocol.md.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Response, current_app, g, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from webapp.foundation import clock
from webapp.foundation.db import as_id, db
from webapp.foundation.facts import tell
from webapp.foundation.filing import forms_of_this_request
from webapp.foundation.logs import log
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.outbox.entries import Entry, current_address
from webapp.outbox.facts import HeldForDecision
from webapp.outbox.models import Receipt

OF_AN_ENTRY = (
    "submission_id",
    "receipt_words",
    "forms",
    "baggage",
    "keep_despite_refusal",
    "form_refused",
    "written_for",
)

# What has happened at a customer's is stored even if the customer is somebody else's by now; a leader decides.
FACTS = re.compile(r"^/customers/[0-9a-f-]{36}/(reports|attention|notes|promises|check-ins|complaints)$")


def deliver(entries: list[Entry], device: str = "") -> Iterator[dict[str, Any]]:
    """The answer to each entry, in order; `device` is the phone's name for itself. After a `retry_later` the later
    entries of its scope wait too."""
    waiting: set[str] = set()
    for entry in entries:
        entry.device = device
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
    if known is None and db.session.get(Quarantined, entry.id) is not None:
        return _quarantine(entry)  # a leader has it: even if the customer came back, it is not filed behind his back
    savepoint = db.session.begin_nested()
    try:
        response = hand_to_view(entry)
    except Exception as error:
        savepoint.rollback()
        log.error("entry", error_id=entry.id[:8], exc_info=error)
        return {"result": "retry_later", "reason": "server"}
    if response.status_code < 400:
        _announce(entry)
        _number(entry)
        savepoint.commit()
        return {
            "result": "duplicate" if known else "accepted",
            "location": response.location or entry.action,
            "receipt": entry.id,
        }
    savepoint.rollback()
    return _refusal(entry, response, known)


def _number(entry: Entry) -> None:
    """Its receipt keeps the number that it has on its phone."""
    receipt = db.session.get(Receipt, entry.id)
    if receipt is not None and not receipt.device_id:
        receipt.device_id, receipt.seq = entry.device, entry.seq


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


def _iso(entry: Entry) -> str:
    return entry.done_at.isoformat() if entry.done_at else entry.made_at[:40]


def _announce(entry: Entry) -> None:
    """Expect the attachments that were named; a second naming changes nothing."""
    for position, named in enumerate(entry.attachments):
        known = as_id(str(named.get("id")))
        if known and db.session.get(Announced, known) is None:
            db.session.add(Announced.of(entry.id, current_user.id, known, position, named))


def hand_to_view(entry: Entry) -> Response:
    """Run the view of this entry's address as if the form had been posted; its refusals come back as answers."""
    from webapp.outbox import gate

    for name in OF_AN_ENTRY:
        g.pop(name, None)
    g.written_for = urlsplit(entry.action).path
    path = current_address(entry.action)
    fields = [(name, value) for name, value in entry.fields if name != "submission_id"]
    body = urlencode([("submission_id", entry.id), *fields])
    headers = {
        "Accept-Language": request.headers.get("Accept-Language", ""),
        "Cookie": request.headers.get("Cookie", ""),
    }
    options: dict[str, Any] = {"method": "POST", "data": body, "content_type": "application/x-www-form-urlencoded"}
    with clock.at_the_time_of(entry.done_at), current_app.test_request_context(path, headers=headers, **options):
        try:
            response = gate.take(current_app.view_of_this_request)  # type: ignore[attr-defined]
        except HTTPException as error:
            response = current_app.make_response((error.description or "", error.code or 500))
        g.form_refused = _errors()
    return response


def _errors() -> dict[str, list[str]]:
    """What the form that was just read had to say, field by field."""
    found = [item for form in forms_of_this_request() for item in form.errors.items()]
    return {name: words for field, errors in found if field for name, words in _one_by_one(field, errors)}


def _one_by_one(field: str, errors: Any) -> Iterator[tuple[str, list[str]]]:
    """(name of an input, its errors): what a form within the form says is its inputs' own."""
    if isinstance(errors, dict):
        for name, within in errors.items():
            yield from _one_by_one(f"{field}-{name}" if name else field, within)
        return
    if words := [str(error) for error in errors if not isinstance(error, dict)]:
        yield field, words
    for position, within in enumerate(errors):
        if isinstance(within, dict):
            yield from _one_by_one(f"{field}-{position}", within)
