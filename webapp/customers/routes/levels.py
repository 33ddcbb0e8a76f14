from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers import words
from webapp.customers.forms import LevelForm
from webapp.customers.histories import levels_of
from webapp.customers.models import Customer
from webapp.customers.queries import find, find_proposal
from webapp.customers.routes.guards import leads
from webapp.customers.strategy import STRATEGIES
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate

bp = Blueprint("levels", __name__)
WORDS: dict[str, Any] = {"words": words, "strategies": STRATEGIES}


@bp.get("/levels")
def index() -> Response:
    """What each level asks for; the same for everybody."""
    return page("customers/levels.html", **WORDS)


def _page(customer: Customer, form: LevelForm, status: int = 200) -> Response:
    return page("customers/level.html", status, customer=customer, form=form, changes=levels_of(customer), **WORDS)


@bp.get("/customers/<id:customer_id>/level")
def new(customer_id: str) -> Response:
    return _page(find(customer_id), LevelForm(formdata=None))


@bp.post("/customers/<id:customer_id>/level")
def create(customer_id: str) -> Response:
    """A rep proposes, whoever leads him decides."""
    customer = find(customer_id)
    form = LevelForm(now=customer.level)
    if not form.validate_on_submit():
        return _page(customer, form, 422)
    state = "proposed" if current_user.role == "rep" else "applied"
    customer.set_level(form.level.data, form.reason.data, current_user, state, gate.submission_id())
    gate.describe("level", f"{customer.title} · {form.level.data}")
    flash(_("提上去了，等主管定。") if state == "proposed" else _("改好了。"))
    return redirect(url_for("door.show", customer_id=customer.id), 303)


@bp.post("/level-changes/<id:change_id>/approval")
@leads
def accept(change_id: str) -> Response:
    return _settled(change_id, True)


@bp.post("/level-changes/<id:change_id>/refusal")
@leads
def decline(change_id: str) -> Response:
    return _settled(change_id, False)


def _settled(change_id: str, accepted: bool) -> Response:
    change = find_proposal(change_id)
    done = change.accept(current_user) if accepted else change.decline(current_user)
    gate.describe("level", f"{change.customer.title} · {change.after}")
    flash((_("同意了。") if accepted else _("没同意，等级不变。")) if done else _("这条提议已经有结果了。"))
    in_the_queue = request.form.get("then") == "/reviews"
    return redirect("/reviews" if in_the_queue else url_for("levels.new", customer_id=change.customer_id), 303)
