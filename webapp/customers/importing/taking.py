"""Taking a file in, some hundred rows a transaction. The run's cursor moves in the same transaction as the rows, so a
killed process leaves nothing half written, and whoever goes on begins exactly behind what is done."""

import time
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from webapp.accounts.models import note
from webapp.customers.identity import derived_keys, phone_key
from webapp.customers.importing.filling import FILLABLE, fill, fill_draft, new_contact
from webapp.customers.importing.known import Known, Twin
from webapp.customers.importing.models import ImportFault, ImportRun
from webapp.customers.importing.reading import Unreadable
from webapp.customers.importing.rows import Draft
from webapp.customers.importing.sorting import Pile, Row, sort
from webapp.customers.importing.stored import clear_away, rows_of
from webapp.customers.models import Contact, Customer, HistoryEntry, LevelChange, Tag
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

CHUNK = 200
COLUMNS = ("name", *FILLABLE)


def go_on(run_id: str, seconds: float = 10.0) -> bool:
    """Take in rows for about so long; true if there is nothing left to do. Safe to call from anywhere, at any time."""
    until = time.monotonic() + seconds
    try:
        rows = _rows(run_id)
    except Unreadable:
        _give_up(run_id)
        return True
    while take_chunk(run_id, rows):
        if time.monotonic() > until:
            return False
    return True


def take_chunk(run_id: str, rows: list[Row]) -> bool:
    """The next rows of a run in one transaction; false if it is at its end, or no longer running."""
    with gate.transaction():
        run = db.session.scalar(select(ImportRun).where(ImportRun.id == run_id).with_for_update())
        if run is None or run.state != "running":
            return False
        chunk = rows[run.cursor : run.cursor + CHUNK]
        if chunk:
            _take(run, chunk)
        if run.cursor < len(rows):
            return True
        run.finish()
        note("customers_imported", run, run.added, run.user_id, owner_id=run.owner_id, merged=run.merged)
    with gate.transaction():
        clear_away()
    return False


def _rows(run_id: str) -> list[Row]:
    run = db.session.get(ImportRun, run_id)
    return rows_of(run) if run and run.state == "running" else []


def _give_up(run_id: str) -> None:
    with gate.transaction():
        run = db.session.get(ImportRun, run_id)
        if run and run.state == "running":
            run.finish("failed")


def _take(run: ImportRun, chunk: list[Row]) -> None:
    known = None if run.duplicates == "add" else Known(run.user)
    pile = sort(chunk, run.columns, run.headings, known)
    merged = _merge(run, pile) if run.duplicates == "merge" else 0
    _insert(run, pile.new)
    faults = [
        ImportFault(line=line, name=name, field=fault.field, reason=fault.reason, value=fault.value)
        for line, name, fault in pile.faulty
    ]
    run.advance(pile.rows, len(pile.new), merged, len(pile.known) - merged, faults)


def _merge(run: ImportRun, pile: Pile) -> int:
    """Fill the known ones, stored or just about to be; how many rows brought something new."""
    ids = {twin.customer_id for _draft, twin in pile.known if twin.customer_id}
    stored = (
        select(Customer)
        .where(Customer.id.in_(ids))
        .options(selectinload(Customer.contacts), selectinload(Customer.tags))
    )
    customers = {customer.id: customer for customer in db.session.scalars(stored)} if ids else {}

    def brought_something(draft: Draft, twin: Twin) -> bool:
        if twin.draft is not None:
            return fill_draft(twin.draft, draft)
        return fill(customers[twin.customer_id], draft, run.user, run.filename)

    return sum(brought_something(draft, twin) for draft, twin in pile.known)


def _insert(run: ImportRun, drafts: list[Draft]) -> None:
    """All rows of a table in one statement: by objects it would take ten times as long."""
    named = [(new_id(), draft) for draft in drafts]
    who_and_when = {"by_id": run.user_id, "at": clock.now()}
    _put(Customer, [_customer(id, draft, run) for id, draft in named])
    _put(Tag, [{"customer_id": id, "word": word} for id, draft in named for word in draft.tags])
    _put(Contact, [_contact(id, person) for id, draft in named for person in draft.people])
    imported = {"kind": "imported", "text": run.filename, "detail": {}, **who_and_when}
    _put(HistoryEntry, [{"id": new_id(), "customer_id": id, **imported} for id, _draft in named])
    first = {"reason": "first", **who_and_when}
    _put(LevelChange, [{"id": new_id(), "customer_id": id, "after": _level(draft), **first} for id, draft in named])


def _put(table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(table), rows)


def _customer(id: str, draft: Draft, run: ImportRun) -> dict[str, Any]:
    values = {name: draft.values.get(name, "") for name in COLUMNS}
    values["next_step_on"] = values["next_step_on"] or None
    people = [(person.name, person.phone) for person in draft.people]
    keys = derived_keys(values["name"], values["short_name"], values["code"], values["phone"], people)
    chosen = {"level": _level(draft), "stage": draft.values.get("stage", "search")}
    return {"id": id, "owner_id": run.owner_id, **chosen, **values, **keys}


def _level(draft: Draft) -> str:
    return str(draft.values.get("level", "E"))


def _contact(customer_id: str, person: Any) -> dict[str, Any]:
    return {"customer_id": customer_id, "phone_key": phone_key(person.phone), **new_contact(person)}
