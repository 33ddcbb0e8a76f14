"""Who read somebody else's file: once a reader, file and day in the audit log, written when the answer is on its way."""

from uuid import NAMESPACE_URL, uuid5

from flask import Flask, Response, after_this_request, current_app
from flask_login import current_user
from sqlalchemy import select

from webapp.accounts.auditing import names_of
from webapp.accounts.models import AuditEntry, note
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.filing import transaction
from webapp.foundation.logs import log
from webapp.foundation.packing import is_packing

_today: set[str] = set()
MOST = 20_000


def note_read(customer: Customer) -> None:
    """The person who asks opens this file: if it is not his own, it goes on record once the page is his."""
    if is_packing() or customer.owner_id == current_user.id:
        return
    reader, file = str(current_user.id), customer.id
    read = str(uuid5(NAMESPACE_URL, f"{reader} {file} {clock.local(clock.here()).date()}"))
    if read in _today:
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    @after_this_request
    def when_sent(response: Response) -> Response:
        if response.status_code < 400:
            response.call_on_close(lambda: _write(app, read, reader, file))
        return response


def _write(app: Flask, read: str, reader: str, file: str) -> None:
    try:
        with app.app_context(), transaction():
            if db.session.scalar(select(AuditEntry.id).where(AuditEntry.id == read)) is None:
                note("file_read", ("customer", file), actor_id=reader, id=read)
    except Exception as error:
        log.error("audit", exc_info=error)
        return
    if len(_today) > MOST:
        _today.clear()
    _today.add(read)


@names_of("customer")
def _customers(ids: set[str]) -> dict[str, str]:
    return {row.id: row.title for row in db.session.scalars(select(Customer).where(Customer.id.in_(ids)))}


@names_of("contact")
def _people(ids: set[str]) -> dict[str, str]:
    return dict(db.session.execute(select(Contact.id, Contact.name).where(Contact.id.in_(ids))).all())
