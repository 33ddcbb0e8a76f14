"""What phones still send about somebody who was erased: answered kindly, and nothing of him is kept."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask_login import current_user
from sqlalchemy import select

from webapp.foundation.db import db
from webapp.outbox.entries import UUID, Entry
from webapp.outbox.models import Receipt
from webapp.outbox.screening import screened_by
from webapp.privacy.models import Erased, ErasedName, Erasure
from webapp.privacy.sweeping import GONE, known_in
from webapp.push.models import notify

VISIT = re.compile(r"^/customers/[0-9a-f-]{36}/reports$|^/reports/[0-9a-f-]{36}$")
ROW = re.compile(r"^([a-z_]+-\d+)-")


@screened_by
def screen(entries: list[Entry]) -> dict[str, dict[str, Any]]:
    """Entry id → the answer to one that is about somebody erased alone. A visit happened all the same: it is filed without
    him, and his name is taken out of what was written. One question for a batch in a house where nobody was ever erased."""
    if db.session.scalar(select(Erasure.id).limit(1)) is None:
        return {}
    named = {id for entry in entries for id in _ids(entry)}
    erased = set(db.session.scalars(select(Erased.id).where(Erased.id.in_(named))))
    names = _names(entry.customer_id for entry in entries if VISIT.match(entry.path))
    if not erased and not names:
        return {}
    here = set(db.session.scalars(select(Receipt.id).where(Receipt.id.in_([entry.id for entry in entries]))))
    answers = {}
    for entry in entries:
        if VISIT.match(entry.path) and UUID.findall(entry.path)[0] not in erased:
            if entry.id in here and (entry.id in erased or _without(entry, erased, names) != entry.fields):
                answers[entry.id] = _kind(entry, "duplicate")
            entry.fields = _without(entry, erased, names)
        elif erased.intersection(_ids(entry)):
            answers[entry.id] = _kind(entry, "duplicate" if entry.id in here else "accepted")
    return answers


def _ids(entry: Entry) -> set[str]:
    said = {value for _name, value in entry.fields if len(value) == 36}
    return {entry.id, *UUID.findall(entry.path), *said}


def _names(customer_ids: Iterable[str]) -> dict[str, dict[int, set[str]]]:
    """Customer id → length → digests of those who were erased there."""
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in db.session.scalars(select(ErasedName).where(ErasedName.customer_id.in_(set(customer_ids)))):
        found[row.customer_id][row.length].add(row.digest)
    return found


def _without(entry: Entry, erased: set[str], names: dict[str, dict[int, set[str]]]) -> list[tuple[str, str]]:
    """The fields of a visit without him: not among those met, none of the rows that are his, not by name in a text."""
    his = {found[1] for name, value in entry.fields if value in erased and (found := ROW.match(name))}
    left = [
        (name, value)
        for name, value in entry.fields
        if value not in erased and not ((found := ROW.match(name)) and found[1] in his)
    ]
    known = names.get(entry.customer_id)
    return [(name, _cleaned(value, known)) for name, value in left] if known else left


def _cleaned(text: str, known: dict[int, set[str]]) -> str:
    for word in known_in(text, known):
        text = text.replace(word, GONE)
    return text


def _kind(entry: Entry, result: str) -> dict[str, Any]:
    """Its author is told once; the phone lets go of it."""
    erasure = db.session.scalar(select(Erasure).where(Erasure.customer_id.in_(_ids(entry))).limit(1))
    if result == "accepted" and not entry.path.endswith("/erasure"):
        notify("erased", [current_user.id], subject=entry.id, url="/inbox", key="erased")
    location = f"/customers/{erasure.customer_id}" if erasure and erasure.kind == "contact" else "/customers"
    return {"result": result, "reason": "erased", "location": location, "receipt": entry.id}
