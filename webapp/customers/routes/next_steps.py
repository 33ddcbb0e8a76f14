from flask import Blueprint, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers.forms import NextStepForm
from webapp.customers.queries import find
from webapp.foundation.pages import page
from webapp.outbox import gate

bp = Blueprint("next_steps", __name__, url_prefix="/customers/<id:customer_id>")


@bp.get("/next-step")
def edit(customer_id: str) -> Response:
    customer = find(customer_id)
    form = NextStepForm(formdata=None, next_step=customer.next_step)
    return page("customers/next_step.html", customer=customer, form=form)


@bp.post("/next-step")
def update(customer_id: str) -> Response:
    customer = find(customer_id)
    form = NextStepForm(day_before=customer.next_step_on)
    if not form.validate_on_submit():
        return page("customers/next_step.html", 422, customer=customer, form=form)
    customer.plan_next_step(form.next_step.data, form.planned_on, current_user)
    gate.describe("customer", customer.title)
    return redirect(url_for("door.show", customer_id=customer.id), 303)


@bp.post("/position")
def position(customer_id: str) -> Response:
    """The phone stands at the door: `latitude` and `longitude` in degrees, or a `reason` why there is none."""
    customer = find(customer_id)
    if not customer.stands_at(request.form.get("latitude"), request.form.get("longitude")):
        return page("customers/no_position.html", 422, customer=customer)
    gate.describe("customer", customer.title)
    return redirect(url_for("customers.edit", customer_id=customer.id), 303)
