"""What the house keeps of an erasure: who asked for it and when, which devices have to confirm it, and what went, by ids and
keyed digests only."""

from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import insert, or_, select

from webapp.accounts.models import Device, User, note
from webapp.customers.models import Customer
from webapp.field_pack.models import Feed, Forgotten, PackItem
from webapp.foundation import clock, later
from webapp.foundation.db import as_id, db, new_id
from webapp.outbox.models import Receipt
from webapp.privacy import finishing, ledger
from webapp.privacy.models import Carrier, Erased, ErasedName, Erasure
from webapp.privacy.sweeping import Traces, digest


def begin(kind: str, subject_id: str, customer: Customer, by: User) -> Erasure:
    erasure = Erasure(id=new_id(), kind=kind, subject_id=subject_id, customer_id=customer.id, at=clock.here())
    erasure.owner_id, erasure.by_id, erasure.number = customer.owner_id, by.id, 0
    db.session.add(erasure)
    db.session.flush()
    return erasure


def name_the_carriers(erasure: Erasure) -> None:
    """Every device of everybody whose pack had a page of this customer: those that are signed in, and those whose loan of
    pages may not be over."""
    carried = select(PackItem.user_id).where(PackItem.subject == erasure.customer_id).distinct()
    lease = timedelta(days=current_app.config["SETTINGS"].lease_days)
    now = clock.here()
    devices = select(Device).where(or_(Device.user_id.in_(carried), Device.user_id == erasure.by_id))
    for device in db.session.scalars(devices).unique():
        ended = device.revoked_at or (device.expires_at if device.expires_at < now else None)
        if ended is None or ended + lease > now:
            db.session.add(Carrier(erasure_id=erasure.id, device_id=device.id, until=ended + lease if ended else None))


def settle(erasure: Erasure, things: set[str], touched: set[str], keys: list[str], traces: Traces) -> Erasure:
    """Note what went, by ids and digests; tell the phones; let the rest be done when this is committed."""
    known = set(db.session.scalars(select(Erased.id).where(Erased.id.in_(things))))
    _insert(Erased, [{"id": id, "erasure_id": erasure.id} for id in sorted(things - known)])
    names = sorted(traces.words)
    of = {"erasure_id": erasure.id, "customer_id": erasure.customer_id}
    if not db.session.scalar(select(ErasedName.id).where(ErasedName.erasure_id == erasure.id).limit(1)):
        _insert(ErasedName, [{"id": new_id(), **of, "length": len(name), "digest": digest(name)} for name in names])
    erasure.count, erasure.number = len(things), Feed.raise_by()
    written = set(db.session.scalars(select(Receipt.id).where(Receipt.id.in_(things | touched))))
    ids = sorted({erasure.subject_id, *things, *written, *filter(as_id, touched)})
    db.session.add(Forgotten(number=erasure.number, ids=ids, at=clock.here()))
    db.session.flush()
    later.after_commit(lambda: ledger.write_down(erasure))  # whoever is told that he is gone can rely on it at once
    later.put_off(finishing.finish, erasure.id, keys)
    return erasure


def settle_empty(erasure: Erasure) -> None:
    """An erasure of before, of somebody whom this database does not know."""
    settle(erasure, set(), set(), [], Traces())


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def note_erasure(erasure: Erasure, by: User) -> None:
    """Who did it, in the audit log; it names an id that leads nowhere now."""
    kind = erasure.kind
    if kind == "contact":
        note("contact_erased", (kind, erasure.subject_id), erasure.count, by.id, customer_id=erasure.customer_id)
    else:
        note("customer_erased", (kind, erasure.subject_id), erasure.count, by.id)
