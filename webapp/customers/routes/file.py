from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers import words
from webapp.customers.duplicates import alike
from webapp.customers.facets import tags, wordings
from webapp.customers.forms import CustomerForm, NewCustomerForm
from webapp.customers.histories import page_of
from webapp.customers.models import Customer
from webapp.customers.queries import find, people_to_choose
from webapp.customers.routes.listing import bp
from webapp.foundation.packing import is_packing
from webapp.foundation.pages import page
from webapp.outbox import gate

OFFERED_TAGS = 10


def _known_tags() -> list[str]:
    return [word for word, _number in tags(current_user, OFFERED_TAGS)]


def _new_form(**kwargs: object) -> NewCustomerForm:
    form = NewCustomerForm(tags=_known_tags(), **kwargs)
    form.offer_owners(people_to_choose(current_user), current_user)
    return form


def _new_page(form: NewCustomerForm, status: int = 200, twins: list[Customer] | None = None) -> Response:
    return page("customers/new.html", status, form=form, twins=twins, words=words, wordings=wordings(current_user))


@bp.get("/new")
def new() -> Response:
    """`?name=` begins with what was searched for in vain."""
    return _new_page(_new_form(formdata=None, name=request.args.get("name", "")[:200]))


@bp.post("")
def create() -> Response:
    form = _new_form()
    if not form.validate_on_submit():
        return _new_page(form, 422)
    twins = [] if "still_new" in request.form else alike(current_user, form.name.data, form.phones())
    if twins:
        return _new_page(form, 422, twins)
    customer = Customer.begin(form.owner(), current_user, gate.submission_id(), **form.values())
    form.complete(customer, current_user)
    gate.describe("customer", customer.title)
    return redirect(url_for("door.show", customer_id=customer.id), 303)


def _file_page(customer: Customer, form: CustomerForm, status: int = 200) -> Response:
    # a packed page offers no wordings of others: a new one would change the page of every customer
    offered = {} if is_packing() else wordings(current_user)
    return page("customers/edit.html", status, customer=customer, form=form, words=words, wordings=offered)


@bp.get("/<id:customer_id>/edit")
def edit(customer_id: str) -> Response:
    customer = find(customer_id)
    return _file_page(customer, CustomerForm(customer, formdata=None, tags=[] if is_packing() else _known_tags()))


@bp.post("/<id:customer_id>")
def update(customer_id: str) -> Response:
    customer = find(customer_id)
    form = CustomerForm(customer, tags=_known_tags())
    if not form.validate_on_submit():
        return _file_page(customer, form, 422)
    customer.revise(**form.values())
    form.complete(customer, current_user)
    gate.describe("customer", customer.title)
    return redirect(url_for("door.show", customer_id=customer.id), 303)


@bp.get("/<id:customer_id>/history")
def history(customer_id: str) -> Response:
    """Everything that happened, newest first; `?before=` (an entry's id) goes on into the past."""
    customer = find(customer_id)
    before = request.args.get("before")
    return page("customers/history.html", customer=customer, history=page_of(customer, before), before=before)
