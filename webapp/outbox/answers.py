"""What one entry of a batch is answered (docs/protocol.md), and what stands behind the answer: its receipt, the attachments
that are expected now, or what is held until a leader has decided."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Response, g
from flask_login import current_user

from webapp.foundation.db import as_id, db
from webapp.foundation.facts import tell
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.outbox.entries import Entry
from webapp.outbox.facts import HeldForDecision
from webapp.outbox.models import Receipt

# What has happened at a customer's is stored even if the customer is somebody else's by now; a leader decides.
FACTS = re.compile(r"^/customers/[0-9a-f-]{36}/(reports|attention|notes|promises|check-ins|complaints|comparisons)$")


def accepted(entry: Entry, response: Response, result: str) -> dict[str, Any]:
    """Its receipt keeps the number that it has on its phone; its files are expected."""
    receipt = g.get("receipt") or db.session.get(Receipt, entry.id)
    if receipt is not None and not receipt.device_id:
        receipt.device_id, receipt.seq = entry.device, entry.seq
    _announce(entry)
    return {"result": result, "location": response.location or entry.action, "receipt": entry.id}


def refused(entry: Entry, response: Response, known: Receipt | None) -> dict[str, Any]:
    if response.status_code == 409 and known is not None:
        return {
            "result": "conflict",
            "reason": "another_body",
            "location": known.location if known.user_id == current_user.id else "",
        }
    if response.status_code == 404 and FACTS.match(urlsplit(entry.action).path):
        return _held(entry)
    if response.status_code in (429, 503):
        return {"result": "retry_later", "reason": "busy"}
    errors = g.get("form_refused", {})
    return {"result": "rejected", "reason": "form" if errors else str(response.status_code), "errors": errors}


def still_held(entry: Entry, held: Quarantined) -> dict[str, Any]:
    """A leader has it: even if the customer came back, it is not filed behind his back. Other words under its id are not
    taken for those that he reads."""
    if held.author_id != current_user.id or held.fields != [list(pair) for pair in entry.fields]:
        return {"result": "conflict", "reason": "another_body", "location": ""}
    return _held(entry)


def _held(entry: Entry) -> dict[str, Any]:
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
