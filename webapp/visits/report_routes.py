"""Visit reports: written in under a minute, filed once, put right until the day is signed off."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from webapp.accounts.access import find_or_404, visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.customers.queries import find
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.playbook.words import OFTEN_HEARD
from webapp.visits import baggage, words
from webapp.visits import report_queries as queries
from webapp.visits.models import Report
from webapp.visits.report_desk import Desk
from webapp.visits.report_forms import CorrectionForm, HallwayForm, ReportForm
from webapp.visits.report_told import told_by

bp = Blueprint("reports", __name__)
gate.before_the_lock(baggage.unpack)


@bp.get("/reports")
def index() -> ResponseReturnValue:
    """My visits, or those of somebody whose work I may see (?person=<id>), by day."""
    person_id = request.args.get("person") or current_user.id
    person = find_or_404(select(User).where(User.id == person_id, visible_to(current_user, User.id)))
    number = min(max(request.args.get("page", 1, type=int), 1), 500)
    found = queries.reports_page(current_user, person, number)
    people = queries.people_for(current_user)
    return page("visits/report/index.html", found=found, person=person, people=people, number=number, words=words)


@bp.get("/customers/<id:customer_id>/reports/new")
def new(customer_id: str) -> ResponseReturnValue:
    return _form_page(_form(find(customer_id)))


@bp.post("/customers/<id:customer_id>/reports")
def create(customer_id: str) -> ResponseReturnValue:
    customer = find(customer_id)
    form = _form(customer)
    if not form.validate_on_submit():
        form.show_again()
        return _form_page(form, 422)
    report = Report.file(customer, current_user, told_by(form), gate.submission_id())
    gate.describe("report", customer.title)
    return redirect(report.url, 303)


@bp.get("/reports/<id:report_id>")
def show(report_id: str) -> ResponseReturnValue:
    report = find_or_404(Report.readable_by(current_user).where(Report.id == report_id).options(*queries.WHOLE))
    return page("visits/report/show.html", shown=queries.shown(report, current_user), words=words)


@bp.get("/reports/<id:report_id>/edit")
def edit(report_id: str) -> ResponseReturnValue:
    report = _own(report_id)
    return page("visits/report/edit.html", report=report, form=CorrectionForm(report))


@bp.post("/reports/<id:report_id>/corrections")
def correct(report_id: str) -> ResponseReturnValue:
    report = _own(report_id)
    form = CorrectionForm(report)
    if not form.validate_on_submit():
        return page("visits/report/edit.html", 422, report=report, form=form)
    if report.correct(form.words(), form.next(), current_user):
        flash(_("改好了，原来写的还留着。"))
        gate.describe("correction", report.customer.title)
    return redirect(url_for("reports.show", report_id=report.id), 303)


def _form(customer: Customer) -> ReportForm:
    """The form that was asked for or sent, on a desk laid for this visit."""
    asked = request.values
    desk = Desk(
        customer,
        current_user,
        asked.get("stop_id") or asked.get("stop"),
        asked.get("check_in_id") or asked.get("check_in"),
    )
    kind = HallwayForm if asked.get("mode") == "hallway" else ReportForm
    return kind(desk, sent=request.method == "POST")


def _form_page(form: ReportForm, status: int = 200) -> ResponseReturnValue:
    template = "visits/report/hallway.html" if form.is_short else "visits/report/new.html"
    shown = {"words": words, "often_heard": OFTEN_HEARD}
    return page(template, status, form=form, desk=form.desk, customer=form.desk.customer, **shown)


def _own(report_id: str) -> Report:
    """A report that this person may still put right; another one's does not exist for this."""
    report = find_or_404(Report.visible_to(current_user).where(Report.id == report_id))
    if not queries.may_correct(report, current_user):
        abort(404)
    return report
