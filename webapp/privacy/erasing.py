"""Erasing a person, or a customer who is one: in one transaction everywhere in the house, then the files, then every phone."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import insert, or_, select

from webapp.accounts.models import Device, User, note
from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact, Customer, HistoryEntry
from webapp.field_pack.models import Feed, Forgotten, PackItem
from webapp.foundation import clock, later
from webapp.foundation.db import as_id, db, new_id
from webapp.outbox.arrivals import Quarantined
from webapp.outbox.models import Receipt
from webapp.privacy import finishing
from webapp.privacy.models import Carrier, Erased, ErasedName, Erasure
from webapp.privacy.sweeping import Traces, digest, sweep
from webapp.privacy.tracing import files_of, reports_with, sentences, traces_of
from webapp.privacy.uprooting import uproot, uproot_talk
from webapp.visits.models import Promise, Report


def erase_contact(contact: Contact, by: User, with_files: bool = True, known: Erasure | None = None) -> Erasure:
    """Nothing of this person is left in the house; what the visits came to stays. `with_files`: photos and voice notes of the
    visits at which he was met go as well. `known`: an erasure of before that is done again after a restore."""
    customer = contact.customer
    erasure = known or _begin("contact", contact.id, customer, by)
    _name_the_carriers(erasure)
    traces = traces_of(contact)
    keys = files_of(reports_with(contact.id)) if with_files else []
    things = _take_out(contact)
    db.session.flush()
    db.session.expire_all()
    customer = db.session.get_one(Customer, erasure.customer_id)
    touched = sweep(traces)
    customer.tidy()
    if known is None:
        customer.note_history("erased", by=by)
    return _settle(erasure, things, touched, keys, traces)


def erase_customer(customer: Customer, by: User, known: Erasure | None = None) -> Erasure:
    """The whole file goes, with all its people, visits and what was said about them."""
    erasure = known or _begin("customer", customer.id, customer, by)
    _name_the_carriers(erasure)
    merged = list(db.session.scalars(select(Customer).where(Customer.merged_into_id == customer.id)))
    traces, ids = Traces(), {customer.id, *(one.id for one in merged)}
    for one in (customer, *merged):
        traces.add(one.phone, one.phone_key, one.address)
        traces.add(one.name, one.short_name, shortest=3)
    for contact in db.session.scalars(select(Contact).where(Contact.customer_id.in_(ids))):
        his = traces_of(contact)
        traces.his |= his.his
        traces.names |= his.names
    reports = set(db.session.scalars(select(Report.id).where(Report.customer_id.in_(ids))))
    keys = files_of(reports)
    things = uproot(Customer, ids)
    things |= uproot_talk(things)
    things |= _empty_held(ids)
    still_called_so = set(db.session.scalars(select(Contact.name).where(Contact.name.in_(traces.names))))
    traces.his |= traces.names - still_called_so
    traces.of = things
    db.session.flush()
    db.session.expire_all()
    return _settle(erasure, things, sweep(traces), keys, traces)


def _begin(kind: str, subject_id: str, customer: Customer, by: User) -> Erasure:
    erasure = Erasure(id=new_id(), kind=kind, subject_id=subject_id, customer_id=customer.id, at=clock.here())
    erasure.owner_id, erasure.by_id, erasure.number = customer.owner_id, by.id, 0
    db.session.add(erasure)
    db.session.flush()
    return erasure


def _name_the_carriers(erasure: Erasure) -> None:
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


def _take_out(contact: Contact) -> set[str]:
    """The rows that are his alone."""
    told = select(HistoryEntry.id).where(HistoryEntry.customer_id == contact.customer_id)
    told = told.where(HistoryEntry.text.in_({*sentences(contact.id), contact.name}))
    things = uproot(HistoryEntry, db.session.scalars(told))
    for model in (AttentionItem, Promise):
        his = select(model.id).where(model.contact_id == contact.id)
        things |= uproot(model, db.session.scalars(his))
    things |= uproot(Contact, [contact.id])
    return things | uproot_talk(things)


def _empty_held(customer_ids: Iterable[str]) -> set[str]:
    """What waited for a leader's decision about this customer is decided."""
    return uproot(
        Quarantined, db.session.scalars(select(Quarantined.id).where(Quarantined.customer_id.in_(list(customer_ids))))
    )


def _settle(erasure: Erasure, things: set[str], touched: set[str], keys: list[str], traces: Traces) -> Erasure:
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
    later.put_off(finishing.finish, erasure.id, keys)
    return erasure


def settle_empty(erasure: Erasure) -> None:
    """An erasure of before, of somebody whom this database does not know."""
    _settle(erasure, set(), set(), [], Traces())


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
