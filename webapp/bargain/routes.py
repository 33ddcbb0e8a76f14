"""Small concessions: given at once within one's limit, asked for above it; and the limits themselves."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from webapp.accounts.access import find_or_404, only
from webapp.bargain import queries
from webapp.bargain.forms import ConcessionForm, LimitForm, plainly
from webapp.bargain.models import Concession, Limit
from webapp.customers.models import Customer
from webapp.customers.queries import find
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate

bp = Blueprint("concessions", __name__)
limits = Blueprint("limits", __name__, url_prefix="/settings/concessions")
blueprints = [bp, limits]


@bp.get("/customers/<id:customer_id>/concessions/new")
def new(customer_id: str) -> ResponseReturnValue:
    return _form_page(find(customer_id), ConcessionForm(formdata=None))


def _form_page(customer: Customer, form: ConcessionForm, status: int = 200) -> ResponseReturnValue:
    mine, given = Limit.all().get(current_user.role), queries.of_customer(customer.id)
    return page("bargain/new.html", status, customer=customer, form=form, mine=mine, given=given)


@bp.post("/customers/<id:customer_id>/concessions")
def create(customer_id: str) -> ResponseReturnValue:
    customer = find(customer_id)
    form = ConcessionForm()
    if not form.validate_on_submit():
        return _form_page(customer, form, 422)
    concession = Concession.offer(customer, current_user, gate.submission_id(), **form.told())
    _describe(concession)
    return redirect(url_for("door.show", customer_id=customer.id), 303)


@bp.get("/concessions/<id:concession_id>")
def show(concession_id: str) -> ResponseReturnValue:
    concession = find_or_404(Concession.visible_to(current_user).where(Concession.id == concession_id))
    form = ConcessionForm(formdata=None, obj=concession)
    form.amount.data = plainly(concession.amount)
    return _own_page(concession, form)


def _own_page(concession: Concession, form: ConcessionForm, status: int = 200) -> ResponseReturnValue:
    mine = Limit.all().get(current_user.role)
    return page("bargain/show.html", status, concession=concession, form=form, mine=mine)


@bp.post("/concessions/<id:concession_id>")
def update(concession_id: str) -> ResponseReturnValue:
    """Ask for something else: a new version, which needs a decision of its own."""
    concession, form = _own(concession_id), ConcessionForm()
    if not form.validate_on_submit():
        return _own_page(concession, form, 422)
    if concession.revise(current_user, **form.told()):
        _describe(concession)
    else:
        flash(_("这件已经定了，要改就另提一件。"), "warning")
    return redirect(concession.url, 303)


@bp.post("/concessions/<id:concession_id>/withdrawal")
def withdraw(concession_id: str) -> ResponseReturnValue:
    concession = _own(concession_id)
    flash(_("撤回了。") if concession.withdraw() else _("这件已经定了，要改就另提一件。"))
    gate.describe("concession", concession.customer.title, concession.id)
    return redirect(url_for("door.show", customer_id=concession.customer_id), 303)


def _own(concession_id: str) -> Concession:
    return find_or_404(select(Concession).where(Concession.id == concession_id, Concession.by_id == current_user.id))


def _describe(concession: Concession) -> None:
    is_given = concession.state == "given"
    gate.describe("concession" if is_given else "concession_request", concession.customer.title, concession.id)
    flash(_("记下了，在你的权限里，可以当场答应。") if is_given else _("超过你的权限，交给主管定。先别答应客户。"))


@limits.get("")
@only("director", "admin")
def edit() -> ResponseReturnValue:
    return page("bargain/limits.html", form=LimitForm(Limit.all(), formdata=None))


@limits.post("")
@only("director", "admin")
def update_limits() -> ResponseReturnValue:
    form = LimitForm(Limit.all())
    if not form.validate_on_submit():
        return page("bargain/limits.html", 422, form=form)
    for role, fields in form.rows():
        for kind, field in fields:
            Limit.set(role, kind, round((field.data or 0) * 100))
    gate.describe("concession", "")
    flash(_("改好了，马上管用。"))
    return redirect(url_for("limits.edit"), 303)
