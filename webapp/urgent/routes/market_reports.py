"""What stirs in the market goes up at once."""

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.urgent import queries
from webapp.urgent.forms import MarketForm
from webapp.urgent.models import MarketReport

bp = Blueprint("market", __name__)


@bp.get("/market-reports")
def index() -> ResponseReturnValue:
    return page("urgent/market_reports.html", reports=queries.market_reports(current_user))


@bp.get("/market-reports/new")
def new() -> ResponseReturnValue:
    """`?customer=`: where it was seen."""
    form = MarketForm(formdata=None)
    form.customer.data = request.args.get("customer", "")
    return _form_page(form)


@bp.post("/market-reports")
def create() -> ResponseReturnValue:
    form = MarketForm()
    if not form.validate_on_submit():
        return _form_page(form, 422)
    customer = queries.customer_named(form.customer.data, current_user)
    report = MarketReport.file(current_user, customer, gate.submission_id(), **form.told())
    gate.describe("market", report.gist[:60])
    flash(_("报上去了，主管马上知道。"))
    return redirect(report.url, 303)


def _form_page(form: MarketForm, status: int = 200) -> ResponseReturnValue:
    customer = queries.customer_named(form.customer.data, current_user)
    return page("urgent/new_market_report.html", status, form=form, customer=customer)


@bp.get("/market-reports/<id:market_id>")
def show(market_id: str) -> ResponseReturnValue:
    report = queries.find_market_report(market_id, current_user)
    return page("urgent/market_report.html", report=report)
