from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.accounts.access import find_or_404
from webapp.attention import care_routes, queries, words
from webapp.attention.forms import NOBODY, ConfirmationForm, NoticeForm, UseForm
from webapp.attention.models import AttentionItem
from webapp.customers import queries as customers
from webapp.foundation import filing
from webapp.foundation.i18n import _
from webapp.foundation.pages import page

bp = Blueprint("attention", __name__)
blueprints = [bp, care_routes.bp]


@bp.context_processor
def kinds() -> dict[str, object]:
    return {"kinds_": words}


@bp.get("/customers/<id:customer_id>/attention/new")
def new(customer_id: str) -> Response:
    customer = customers.find(customer_id)
    people = queries.people(customer)
    form = NoticeForm(people)
    form.category.data = request.args.get("category")
    form.contact_id.data = request.args.get("contact") or (people[0].id if len(people) == 1 else None)
    return page("attention/form.html", form=form, customer=customer, item=None)


@bp.post("/customers/<id:customer_id>/attention")
def create(customer_id: str) -> Response:
    customer = customers.find(customer_id)
    form = NoticeForm(queries.people(customer))
    if not form.validate_on_submit():
        return page("attention/form.html", 422, form=form, customer=customer, item=None)
    form.record_consent(current_user)
    AttentionItem.notice(customer, current_user, id=filing.submission_id(), **form.values())
    filing.describe("attention", customer.title)
    flash(_("记下了。"))
    return _back_to(customer.id)


@bp.get("/attention/<id:item_id>/edit")
def edit(item_id: str) -> Response:
    item = _shown(item_id)
    form = NoticeForm(queries.people(item.customer, of=item), obj=item)
    form.contact_id.data = item.contact_id or NOBODY
    return page("attention/form.html", form=form, customer=item.customer, item=item)


@bp.post("/attention/<id:item_id>")
def update(item_id: str) -> Response:
    item = _shown(item_id)
    form = NoticeForm(queries.people(item.customer, of=item), data={"sureness": item.sureness})
    if not form.validate_on_submit():
        return page("attention/form.html", 422, form=form, customer=item.customer, item=item)
    form.record_consent(current_user)
    item.revise(**form.values())
    filing.describe("attention", item.customer.title)
    return _back_to(item.customer_id)


@bp.post("/attention/<id:item_id>/retirement")
def retire(item_id: str) -> Response:
    item = _item(item_id)
    item.retire()
    return _noted(item, _("拿下了，不再提示。"))


@bp.post("/attention/<id:item_id>/uses")
def use(item_id: str) -> Response:
    item, outcome = _item(item_id), _outcome(UseForm(), _("点灵、一半或没用。"))
    item.use(outcome, current_user, id=filing.submission_id())
    return _noted(item, _("记下了，这句不再提示。") if outcome == "flat" else _("记下了。"))


@bp.post("/attention/<id:item_id>/confirmations")
def confirm(item_id: str) -> Response:
    item, outcome = _item(item_id), _outcome(ConfirmationForm(), _("点还是这样、变了或不清楚。"))
    item.confirm(outcome, current_user, id=filing.submission_id())
    return _noted(item, _("记下了，这条不再提示。") if outcome == "changed" else _("记下了。"))


def _outcome(form: UseForm | ConfirmationForm, wanted: str) -> str:
    """The one that was tapped; anything else is refused with what is wanted."""
    return str(form.outcome.data) if form.validate_on_submit() else abort(422, description=wanted)


def _noted(item: AttentionItem, said: str) -> Response:
    filing.describe("attention", item.customer.title)
    flash(said)
    return _back_to(item.customer_id)


def _item(item_id: str) -> AttentionItem:
    return find_or_404(AttentionItem.visible_to(current_user).where(AttentionItem.id == item_id))


def _shown(item_id: str) -> AttentionItem:
    """One that the person lets us use; of another nobody reads or alters anything until he says yes."""
    item = _item(item_id)
    return item if item.may_be_shown else abort(404)


def _back_to(customer_id: str) -> Response:
    return redirect(url_for("door.show", customer_id=customer_id, _anchor="attention"), 303)
