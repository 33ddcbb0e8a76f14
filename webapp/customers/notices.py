"""Who is told of what happens with customers: whoever gets one, whoever has to go there, whoever decides about a late report."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from webapp.accounts.facts import CustomersHandedOver
from webapp.accounts.handsets import SILENT
from webapp.accounts.leaders import supervisors_of
from webapp.accounts.models import Device, User
from webapp.customers.facts import CustomerReassigned
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.outbox.facts import HeldForDecision
from webapp.push.models import notify
from webapp.push.mornings import every_morning

LATELY = timedelta(days=7)
"""How far back what is overdue is told of; what is older stands in the lists and was told at its time."""


@hears(CustomerReassigned)
def tell_the_new_owner(fact: CustomerReassigned) -> None:
    """One by one; all that somebody had comes as one notice."""
    if not fact.is_one_of_all:
        customer = db.session.get_one(Customer, fact.customer_id)
        told = {"subject": customer.id, "url": f"/customers/{customer.id}", "title": customer.title, "by": fact.by_id}
        notify("assigned", [fact.to_id], **told)


@hears(CustomersHandedOver)
def tell_the_successor(fact: CustomersHandedOver) -> None:
    before = db.session.get_one(User, fact.from_id)
    notify("assigned", [fact.to_id], subject=before.id, url="/customers", title=before.name, by=fact.by_id)


@hears(HeldForDecision)
def tell_who_decides(fact: HeldForDecision) -> None:
    """Whoever leads the author, or whoever leads the customer's owner."""
    customer = db.session.get(Customer, fact.customer_id) if fact.customer_id else None
    author = db.session.get_one(User, fact.author_id)
    leaders = supervisors_of(author)
    if customer and customer.owner_id != author.id:
        leaders += supervisors_of(db.session.get_one(User, customer.owner_id))
    url, title = f"/reviews/quarantine/{fact.held_id}", author.name
    notify("quarantined", leaders, subject=fact.held_id, url=url, title=title, key="held")


@every_morning
def tell_of_next_steps(day: date, living_there: ColumnElement[bool]) -> None:
    """What is to be done today, and what should have been done by yesterday; each once for its date."""
    due = (
        select(Customer).join(User, User.id == Customer.owner_id).where(living_there, Customer.merged_into_id.is_(None))
    )
    due = due.where(Customer.next_step_on.between(day - LATELY, day)).order_by(Customer.next_step_on, Customer.id)
    for customer in db.session.scalars(due).all():
        kind, key = "step_due" if customer.next_step_on == day else "step_overdue", str(customer.next_step_on)
        told = {"subject": customer.id, "url": f"/customers/{customer.id}", "title": customer.title}
        notify(kind, [customer.owner_id], **told, text=customer.next_step, key=key)


@every_morning
def tell_of_silent_phones(day: date, living_there: ColumnElement[bool]) -> None:
    """A phone that holds something unsent and was not heard of for a day: once for each silence, to whoever leads."""
    silent = select(Device).join(User, User.id == Device.user_id).where(living_there, Device.waiting > 0)
    for device in db.session.scalars(silent.where(Device.contact_at < clock.now() - SILENT)).unique().all():
        owner, since = device.user, device.contact_at.isoformat(timespec="seconds") if device.contact_at else ""
        notify("silent_phone", supervisors_of(owner), subject=device.id, url="/reviews", title=owner.name, key=since)
