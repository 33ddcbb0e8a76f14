"""A customer is angry: it is taken down, step by step seen to, and closed by the customer's own word."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import only
from webapp.accounts.models import REVIEWERS
from webapp.customers import queries as customers
from webapp.foundation.forms import FieldForm
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.urgent import queries
from webapp.urgent.forms import ComplaintForm, HandlerForm, SatisfactionForm, StepForm
from webapp.urgent.models import Complaint

bp = Blueprint("complaints", __name__)
reviewers = only(*sorted(REVIEWERS))


@bp.app_context_processor
def _at_the_head_of_the_day() -> dict[str, Any]:
    """The day's page asks for what its reader has to see to; no other page does."""
    return {"complaints_to_see_to": queries.mine_to_see_to}


@bp.get("/complaints")
def index() -> ResponseReturnValue:
    return page(
        "urgent/complaints.html", complaints=queries.open_now(current_user), settled=queries.settled(current_user)
    )


@bp.get("/customers/<id:customer_id>/complaints/new")
def new(customer_id: str) -> ResponseReturnValue:
    return _form_page(customers.find(customer_id), ComplaintForm(formdata=None))


@bp.post("/customers/<id:customer_id>/complaints")
def create(customer_id: str) -> ResponseReturnValue:
    """It goes up at once."""
    customer = customers.find(customer_id)
    form = ComplaintForm()
    if not form.validate_on_submit():
        return _form_page(customer, form, 422)
    complaint = Complaint.open(customer, current_user, form.told(), gate.submission_id())
    gate.describe("complaint", customer.title)
    flash(_("报上去了，主管马上知道。"))
    return redirect(complaint.url, 303)


def _form_page(customer: Any, form: ComplaintForm, status: int = 200) -> ResponseReturnValue:
    return page("urgent/new_complaint.html", status, customer=customer, form=form)


@bp.get("/complaints/<id:complaint_id>")
def show(complaint_id: str) -> ResponseReturnValue:
    return _show(queries.find_complaint(complaint_id, current_user))


def _show(complaint: Complaint, status: int = 200, form: FieldForm | None = None) -> ResponseReturnValue:
    return page("urgent/complaint.html", status, **queries.page_of(complaint, current_user, form))


@bp.post("/complaints/<id:complaint_id>/steps")
def take_step(complaint_id: str) -> ResponseReturnValue:
    complaint = queries.find_complaint(complaint_id, current_user)
    form = StepForm()
    form.ask(form.known_step)
    if not form.validate_on_submit():
        return _show(complaint, 422, form)
    complaint.take(form.known_step, form.text.data or "", current_user, gate.submission_id())
    return _done(complaint, _("记下了，下一步的钟开始走。"))


@bp.post("/complaints/<id:complaint_id>/satisfaction")
def hear(complaint_id: str) -> ResponseReturnValue:
    """What the customer says of it; only that closes a complaint."""
    complaint = queries.find_complaint(complaint_id, current_user)
    form = SatisfactionForm()
    if not form.validate_on_submit():
        return _show(complaint, 422, form)
    complaint.hear(form.outcome.data or "", form.text.data or "", current_user, gate.submission_id())
    return _done(complaint, _("还不满意：再给个办法。") if complaint.is_open else _("了结了。"))


@bp.post("/complaints/<id:complaint_id>/handler")
@reviewers
def hand_on(complaint_id: str) -> ResponseReturnValue:
    complaint = queries.find_complaint(complaint_id, current_user)
    form = HandlerForm().offer(queries.handlers(complaint))
    person = form.chosen
    if person is None:
        form.handler_id.errors = [_("没有这个选项，重新选一个。")]
        return _show(complaint, 422, form)
    complaint.hand_to(person, current_user)
    return _done(complaint, _("交给%(name)s办。", name=person.name))


def _done(complaint: Complaint, words: str) -> ResponseReturnValue:
    gate.describe("complaint_step", complaint.customer.title, complaint.id)
    flash(words)
    is_review = request.form.get("from") == "review" and current_user.may_review
    return redirect(
        url_for("reviews.show", kind="complaint", subject_id=complaint.id) if is_review else complaint.url, 303
    )
