"""Erasing a person, or a customer who is one: in one transaction everywhere in the house, then the files, then every phone."""

from collections.abc import Iterable

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact, Customer, HistoryEntry
from webapp.foundation.db import db
from webapp.outbox.arrivals import Quarantined
from webapp.privacy import recording
from webapp.privacy.models import Erasure
from webapp.privacy.sweeping import sweep
from webapp.privacy.tracing import files_of, reports_with, sentences, traces_of, traces_of_file
from webapp.privacy.uprooting import uproot, uproot_talk
from webapp.visits.models import Promise, Report


def erase_contact(contact: Contact, by: User, with_files: bool = True, known: Erasure | None = None) -> Erasure:
    """Nothing of this person is left in the house; what the visits came to stays. `with_files`: photos and voice notes of the
    visits at which he was met go as well. `known`: an erasure of before that is done again after a restore."""
    customer = contact.customer
    erasure = known or recording.begin("contact", contact.id, customer, by)
    recording.name_the_carriers(erasure)
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
    return recording.settle(erasure, things, touched, keys, traces)


def erase_customer(customer: Customer, by: User, known: Erasure | None = None) -> Erasure:
    """The whole file goes, with all its people, visits and what was said about them."""
    erasure = known or recording.begin("customer", customer.id, customer, by)
    recording.name_the_carriers(erasure)
    merged = db.session.scalars(select(Customer).where(Customer.merged_into_id == customer.id))
    files = [customer, *merged]
    ids = {file.id for file in files}
    traces = traces_of_file(files)
    keys = files_of(db.session.scalars(select(Report.id).where(Report.customer_id.in_(ids))))
    things = uproot(Customer, ids)
    things |= uproot_talk(things)
    things |= _empty_held(ids)
    still_called_so = set(db.session.scalars(select(Contact.name).where(Contact.name.in_(traces.names))))
    traces.his |= traces.names - still_called_so
    traces.of = things
    db.session.flush()
    db.session.expire_all()
    return recording.settle(erasure, things, sweep(traces), keys, traces)


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
