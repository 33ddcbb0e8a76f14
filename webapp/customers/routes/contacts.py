from flask import Blueprint, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers.forms import ContactForm
from webapp.customers.models import Contact, Customer
from webapp.customers.queries import find, find_contact
from webapp.foundation.pages import page
from webapp.outbox import gate

bp = Blueprint("contacts", __name__)


def _page(customer: Customer, form: ContactForm, status: int = 200, contact: Contact | None = None) -> Response:
    return page("customers/contact.html", status, customer=customer, form=form, contact=contact)


def _done(contact: Contact) -> Response:
    gate.describe("contact", f"{contact.name} · {contact.customer.title}")
    return redirect(url_for("door.show", customer_id=contact.customer.id, _anchor="contacts"), 303)


@bp.get("/customers/<id:customer_id>/contacts/new")
def new(customer_id: str) -> Response:
    return _page(find(customer_id), ContactForm(formdata=None))


@bp.post("/customers/<id:customer_id>/contacts")
def create(customer_id: str) -> Response:
    customer = find(customer_id)
    form = ContactForm()
    if not form.validate_on_submit():
        return _page(customer, form, 422)
    contact = customer.add_contact(current_user, gate.submission_id(), **form.values())
    contact.record_consent(form.consent.data or "not_asked", current_user)
    return _done(contact)


@bp.get("/contacts/<id:contact_id>/edit")
def edit(contact_id: str) -> Response:
    contact = find_contact(contact_id)
    return _page(
        contact.customer, ContactForm(formdata=None, obj=contact, **ContactForm.more_of(contact)), contact=contact
    )


@bp.post("/contacts/<id:contact_id>")
def update(contact_id: str) -> Response:
    contact = find_contact(contact_id)
    form = ContactForm(obj=contact, **ContactForm.more_of(contact))
    if not form.validate_on_submit():
        return _page(contact.customer, form, 422, contact)
    contact.revise(**form.values())
    contact.record_consent(form.consent.data or contact.consent, current_user)
    return _done(contact)


@bp.post("/contacts/<id:contact_id>/departure")
def leave(contact_id: str) -> Response:
    contact = find_contact(contact_id)
    contact.leave(current_user)
    return _done(contact)


@bp.post("/contacts/<id:contact_id>/return")
def come_back(contact_id: str) -> Response:
    contact = find_contact(contact_id)
    contact.come_back(current_user)
    return _done(contact)
