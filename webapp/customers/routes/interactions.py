from flask import Blueprint, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers.forms import InteractionForm
from webapp.customers.queries import find
from webapp.foundation import clock
from webapp.foundation.pages import page
from webapp.outbox import gate

bp = Blueprint("interactions", __name__, url_prefix="/customers/<id:customer_id>/notes")


@bp.get("/new")
def new(customer_id: str) -> Response:
    customer = find(customer_id)
    form = InteractionForm(formdata=None, day=clock.today())
    return page("customers/interaction.html", customer=customer, form=form)


@bp.post("")
def create(customer_id: str) -> Response:
    customer = find(customer_id)
    form = InteractionForm(day_before=customer.next_step_on)
    if not form.validate_on_submit():
        return page("customers/interaction.html", 422, customer=customer, form=form)
    customer.record_interaction(form.kind.data, form.text.data, current_user, form.at(), gate.submission_id())
    if form.next_step.data or form.planned_on:
        customer.plan_next_step(form.next_step.data or customer.next_step, form.planned_on, current_user)
    gate.describe("interaction", customer.title)
    return redirect(url_for("door.show", customer_id=customer.id, _anchor="history"), 303)
