from flask import Blueprint, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers.filters import Filters
from webapp.customers.forms import BulkForm, ReassignForm
from webapp.customers.queries import find, find_all, people_to_choose
from webapp.customers.routes.guards import leads
from webapp.foundation.i18n import ngettext
from webapp.foundation.pages import page
from webapp.outbox import gate

bp = Blueprint("reassignments", __name__)


@bp.get("/customers/<id:customer_id>/owner")
@leads
def new(customer_id: str) -> Response:
    customer = find(customer_id)
    return page(
        "customers/owner.html", customer=customer, form=ReassignForm(people_to_choose(current_user), formdata=None)
    )


@bp.post("/customers/<id:customer_id>/owner")
@leads
def create(customer_id: str) -> Response:
    customer = find(customer_id)
    form = ReassignForm(people_to_choose(current_user))
    if not form.validate_on_submit():
        return page("customers/owner.html", 422, customer=customer, form=form)
    customer.reassign(form.person, current_user)
    gate.describe("reassignment", f"{customer.title} → {form.person.name}")
    return redirect(url_for("door.show", customer_id=customer.id), 303)


@bp.post("/customers/reassignments")
@leads
def create_several() -> Response:
    """Those that were ticked in the list, all to one person."""
    form = BulkForm(people_to_choose(current_user))
    back = url_for("customers.index", **Filters.of(request.args).args())
    if not form.validate_on_submit():
        flash(" ".join(str(error) for errors in form.errors.values() for error in errors), "error")
        return page("customers/owners.html", 422, form=form, customers=find_all(form.ids()), back=back)
    moved = sum(customer.reassign(form.person, current_user) for customer in find_all(form.ids()))
    gate.describe("reassignment", form.person.name)
    flash(ngettext("%(num)s家交给了%(name)s。", "%(num)s家交给了%(name)s。", moved, name=form.person.name))
    return redirect(back, 303)
