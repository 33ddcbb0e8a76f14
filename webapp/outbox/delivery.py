"""A batch from a phone's outbox. Each entry is handed to the very view that a browser's post to its address reaches, in
the batch's one transaction, with a savepoint of its own: one bad entry never blocks the rest. Like ones
are taken in together where they can be.

The contract is docs/protocol.md.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, union

from webapp.foundation import at_hand
from webapp.foundation.db import db
from webapp.foundation.logs import log
from webapp.outbox import answers, handing, together, words
from webapp.outbox.arrivals import Quarantined
from webapp.outbox.entries import Entry
from webapp.outbox.models import Receipt


class OneByOne(Exception):
    """One of a run was refused, and what was filed beside it may not stay."""


def deliver(entries: list[Entry], device: str = "") -> Iterator[dict[str, Any]]:
    """The answer to each entry, in order; `device` is the phone's name for itself. After a `retry_later` the later
    entries of its scope wait too."""
    waiting: set[str] = set()
    for entry in entries:
        entry.device = device
    said: dict[int, dict[str, Any]] = {}
    for run in together.runs(entries, _known(entries)):
        answered = _together(run, waiting) or _one_by_one(run, waiting)
        said |= {id(entry): answer for entry, answer in zip(run, answered, strict=True)}
    yield from (said[id(entry)] for entry in entries)


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
    return answers.accepted(entry, response, "accepted")


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
        return answers.still_held(entry, held)
    savepoint = db.session.begin_nested()
    try:
        response = handing.hand_to_view(entry)
        if response.status_code < 400:
            db.session.flush()  # what the database will not take is the matter of this entry, not of the batch
    except Exception as error:
        savepoint.rollback()
        log.error("entry", error_id=words.number(entry.id), exc_info=error)
        return {"result": "retry_later", "reason": "server"}
    if response.status_code < 400:
        answer = answers.accepted(entry, response, "duplicate" if known else "accepted")
        savepoint.commit()
        return answer
    savepoint.rollback()
    return answers.refused(entry, response, known)
