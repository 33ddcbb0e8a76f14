"""The visits of a day's plan: which customer, when, what for."""

from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.customers.queries import find_living
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.visits.models import DayPlan
from webapp.visits.plan_forms import StopForm
from webapp.visits.plan_routes import bp, not_too_far, own_stop
from webapp.visits.soon import soon


@bp.get("/days/<day:day>/stops/new")
def new_stop(day: date) -> ResponseReturnValue:
    """Choose a customer to add (?add=<id>): when, what for."""
    customer = find_living(request.args.get("add"))
    form = StopForm(formdata=None, customer_id=customer.id, objective=customer.next_step)
    early = soon(customer)
    note = early.words if early and day < early.until else ""
    return page("visits/stop.html", day=day, customer=customer, form=form, stop=None, soon=note)


@bp.post("/days/<day:day>/stops")
def add_stop(day: date) -> ResponseReturnValue:
    """Add one customer with its details, or several suggested ones by their ids alone."""
    not_too_far(day)
    ids = request.form.getlist("customer_id")
    customers = [find_living(text) for text in ids] or abort(404)
    form = StopForm()
    if not form.validate_on_submit():
        return page("visits/stop.html", 422, day=day, customer=customers[0], form=form, stop=None)
    plan = DayPlan.of(current_user, day)
    for customer in customers:
        plan.add(
            customer, at=form.at.data or "", purpose=form.purpose.data or "service", objective=form.objective.data or ""
        )
    gate.describe("stop", customers[0].title)
    return redirect(url_for("visits.day", day=day), 303)


@bp.get("/stops/<id:stop_id>/edit")
def edit_stop(stop_id: str) -> ResponseReturnValue:
    stop = own_stop(stop_id)
    return page(
        "visits/stop.html", day=stop.plan.day, customer=stop.customer, form=StopForm(obj=stop, formdata=None), stop=stop
    )


@bp.post("/stops/<id:stop_id>")
def update_stop(stop_id: str) -> ResponseReturnValue:
    stop, form = own_stop(stop_id), StopForm()
    if not form.validate_on_submit():
        return page("visits/stop.html", 422, day=stop.plan.day, customer=stop.customer, form=form, stop=stop)
    stop.plan.revise(stop, form.at.data or "", form.purpose.data or "service", form.objective.data or "")
    return redirect(url_for("visits.day", day=stop.plan.day), 303)


@bp.post("/stops/<id:stop_id>/removal")
def remove_stop(stop_id: str) -> ResponseReturnValue:
    stop = own_stop(stop_id)
    plan = stop.plan
    plan.drop(stop)
    flash(_("%(name)s不去了。", name=stop.customer.title))
    return redirect(url_for("visits.day", day=plan.day), 303)
