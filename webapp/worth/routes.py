from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers import queries as customers
from webapp.customers.models import Customer
from webapp.foundation import filing
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.worth import queries, starts
from webapp.worth.forms import WorthForm, said_of
from webapp.worth.models import Comparison
from webapp.worth.showing import shown

bp = Blueprint("worth", __name__)
blueprints = [bp]


@bp.get("/worth")
def index() -> Response:
    """To reckon with, for nobody's file. `?from=`: something to begin with; or the figures themselves."""
    if "ours_price" in request.args:
        form = WorthForm(formdata=request.args)
        form.validate()
        return _page(form.with_room())
    return _page(WorthForm.blank(starts.chosen(current_user, request.args.get("from"))))


@bp.get("/customers/<id:customer_id>/comparisons/new")
def new(customer_id: str) -> Response:
    customer = customers.find(customer_id)
    return _page(WorthForm.blank(starts.chosen(current_user, request.args.get("from"))), customer=customer)


@bp.post("/customers/<id:customer_id>/comparisons")
def create(customer_id: str) -> Response:
    customer = customers.find(customer_id)
    form = WorthForm()
    if not form.validate_on_submit():
        return _page(form.with_room(), 422, customer=customer)
    comparison = Comparison.lay(customer, current_user, form.worked(), filing.submission_id())
    filing.describe("comparison", customer.title)
    flash(_("存进档案了。"))
    return redirect(comparison.url, 303)


@bp.get("/comparisons/<id:comparison_id>")
def show(comparison_id: str) -> Response:
    one = queries.find(comparison_id)
    form = WorthForm.blank(said_of(one.title, one.rival, one.now.as_sums, one.now.rows))
    return _page(form, customer=one.customer, comparison=one)


@bp.post("/comparisons/<id:comparison_id>")
def update(comparison_id: str) -> Response:
    one = queries.find(comparison_id)
    form = WorthForm()
    if not form.validate_on_submit():
        return _page(form.with_room(), 422, customer=one.customer, comparison=one)
    one.revise(current_user, form.worked(), filing.submission_id())
    filing.describe("comparison", one.customer.title, one.id)
    flash(_("改好了，以前的数还在。"))
    return redirect(url_for("worth.show", comparison_id=one.id), 303)


def _page(
    form: WorthForm, status: int = 200, customer: Customer | None = None, comparison: Comparison | None = None
) -> Response:
    said: dict[str, Any] = {"customer": customer, "comparison": comparison, "shown": shown(form)}
    said |= {"starts": [] if comparison else starts.starts(current_user)}
    said |= {"former": queries.former(comparison) if comparison else []}
    return page("worth/show.html", status, form=form, **said)
