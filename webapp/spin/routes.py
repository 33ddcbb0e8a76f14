"""The four questions at the door: asked from one screen, answered into the customer's file."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.customers.models import Customer
from webapp.customers.queries import find
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.spin.forms import SpinForm
from webapp.spin.models import SpinTalk
from webapp.spin.queries import card_for

bp = Blueprint("spin", __name__, url_prefix="/customers/<id:customer_id>/spin")
blueprints = [bp]


def _page(customer: Customer, form: SpinForm, status: int = 200) -> ResponseReturnValue:
    card = card_for(customer)
    form.track_title.data = form.track_title.data or (card.track.title if card.track else "")
    return page("spin/new.html", status, customer=customer, form=form, card=card)


@bp.get("/new")
def new(customer_id: str) -> ResponseReturnValue:
    """`?then=`: where one came from and goes back to, a path of this house."""
    customer = find(customer_id)
    form = SpinForm(customer.people, formdata=None)
    form.then.data = request.args.get("then", "")
    return _page(customer, form)


@bp.post("")
def create(customer_id: str) -> ResponseReturnValue:
    customer = find(customer_id)
    form = SpinForm(customer.people)
    if not form.validate_on_submit() or form.refuse_empty():
        return _page(customer, form, 422)
    SpinTalk.hear(
        customer, current_user, form.answers, form.contact, gate.submission_id(), (form.track_title.data or "")[:100]
    )
    gate.describe("spin", customer.title)
    flash(_("记进档案了。"))
    return redirect(form.way_on() or url_for("door.show", customer_id=customer.id), 303)
