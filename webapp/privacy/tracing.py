"""What somebody is known by in this house, and where he shows: gathered before anything of him goes."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, select

from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db
from webapp.outbox.arrivals import PIECE, Announced
from webapp.privacy.sweeping import SHORTEST, Traces
from webapp.visits.models import Attachment, DailyReport, DayPlan, Promise, Report
from webapp.visits.models.attachment import THUMB
from webapp.visits.models.report import ReportContact

WHOLE_NAME = 3
"""A shorter name (小李, 老板) may be anybody's: it goes from what was written about his customer and on days spent there."""


def traces_of(contact: Contact) -> Traces:
    traces = Traces(
        of={contact.customer_id, contact.id, *reports_at(contact.customer_id), *_days_at(contact.customer_id)}
    )
    traces.add(contact.phone, contact.phone_key, contact.wechat, contact.email, contact.note, *sentences(contact.id))
    traces.names.add(contact.name)
    same = select(func.count()).select_from(Contact).where(Contact.name == contact.name, Contact.id != contact.id)
    traces.everywhere = len(contact.name) >= WHOLE_NAME and not db.session.scalar(same)
    traces.names = {name for name in traces.names if len(name) >= SHORTEST}
    return traces


def traces_of_file(customers: Collection[Customer]) -> Traces:
    """Of a customer, under all the ids that he has been merged from, and of all his people."""
    traces = Traces()
    for customer in customers:
        traces.add(customer.phone, customer.phone_key, customer.address)
        traces.add(customer.name, customer.short_name, shortest=3)
    people = select(Contact).where(Contact.customer_id.in_(customer.id for customer in customers))
    for his in map(traces_of, db.session.scalars(people)):
        traces.his |= his.his
        traces.names |= his.names
    return traces


def sentences(contact_id: str) -> set[str]:
    noticed = db.session.execute(
        select(AttentionItem.observed, AttentionItem.opener).where(AttentionItem.contact_id == contact_id)
    )
    promised = db.session.scalars(select(Promise.text).where(Promise.contact_id == contact_id))
    return {said for said in (*(one for row in noticed for one in row), *promised) if said}


def reports_at(customer_id: str) -> set[str]:
    return set(db.session.scalars(select(Report.id).where(Report.customer_id == customer_id)))


def _days_at(customer_id: str) -> set[str]:
    """The plans and daily reports of days on which somebody was there."""
    found: set[str] = set()
    for model in (DailyReport, DayPlan):
        there = select(model.id).join(Report, (Report.author_id == model.user_id) & (Report.day == model.day))
        found.update(db.session.scalars(there.where(Report.customer_id == customer_id)))
    return found


def reports_with(contact_id: str) -> set[str]:
    return set(db.session.scalars(select(ReportContact.report_id).where(ReportContact.contact_id == contact_id)))


def files_of(report_ids: Iterable[str]) -> list[str]:
    """The keys of the photos and voice notes of these reports, and of their pieces; their rows go now."""
    ids = list(report_ids)
    keys = []
    for attachment in db.session.scalars(select(Attachment).where(Attachment.report_id.in_(ids))):
        keys += [attachment.key, attachment.key + THUMB]
    for announced in db.session.scalars(select(Announced).where(Announced.entry_id.in_(ids))):
        keys += [announced.key_of(offset) for offset in range(0, announced.size, PIECE)]
    for model, column in ((Attachment, Attachment.report_id), (Announced, Announced.entry_id)):
        db.session.execute(delete(model).where(column.in_(ids)).execution_options(synchronize_session="fetch"))
    return keys
