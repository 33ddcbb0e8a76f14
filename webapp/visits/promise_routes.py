"""Promises, ours to them and theirs to us: given, kept, broken."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import find_or_404
from webapp.customers.queries import find
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.visits import promise_queries as queries
from webapp.visits import words
from webapp.visits.models import Promise
from webapp.visits.promise_forms import PromiseForm, SettlementForm
from webapp.visits.promise_rates import words_of

bp = Blueprint("promises", __name__)


@bp.get("/promises")
def index() -> ResponseReturnValue:
    """What is open, due first; ?settled=1: what was kept and broken, latest first."""
    settled = request.args.get("settled") == "1"
    number = min(max(request.args.get("page", 1, type=int), 1), 500)
    found, more = queries.promises_page(current_user, settled, number)
    shown: dict[str, Any] = {"found": found, "more": more, "settled": settled, "number": number}
    return page("visits/promises/index.html", **shown, words=words, kept=words_of(current_user))


@bp.get("/customers/<id:customer_id>/promises/new")
def new(customer_id: str) -> ResponseReturnValue:
    customer = find(customer_id)
    return page("visits/promises/new.html", customer=customer, form=PromiseForm(customer))


@bp.post("/customers/<id:customer_id>/promises")
def create(customer_id: str) -> ResponseReturnValue:
    customer = find(customer_id)
    form = PromiseForm(customer)
    if not form.validate_on_submit():
        return page("visits/promises/new.html", 422, customer=customer, form=form)
    Promise.give(customer, current_user, **form.values(), id=gate.submission_id())
    gate.describe("promise", customer.title)
    return redirect(url_for("door.show", customer_id=customer.id), 303)


@bp.post("/promises/<id:promise_id>/settlement")
def settle(promise_id: str) -> ResponseReturnValue:
    """Kept or broken (`outcome`); then back to where it was tapped (`next`, a path of ours)."""
    promise = find_or_404(Promise.visible_to(current_user).where(Promise.id == promise_id))
    form = SettlementForm()
    if not form.validate_on_submit():
        return page("visits/promises/settle.html", 422, promise=promise, form=form)
    done = promise.keep(current_user) if form.outcome.data == "kept" else promise.break_(current_user)
    if done:
        flash(_("记下了：做到了。") if promise.state == "kept" else _("记下了：没做到。"))
    else:
        flash(_("这条之前已经记过了：%(state)s。", state=words.PROMISE_STATES[promise.state]), "warning")
    gate.describe("settlement", promise.customer.title)
    return redirect(form.way_back() or url_for("door.show", customer_id=promise.customer_id), 303)
