from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.customers import words
from webapp.customers.duplicates import candidates
from webapp.customers.forms import MergeForm
from webapp.customers.models import Customer
from webapp.customers.queries import find, find_living
from webapp.customers.side_by_side import compare
from webapp.foundation.i18n import _
from webapp.foundation.pages import clean, page
from webapp.outbox import gate

bp = Blueprint("merges", __name__, url_prefix="/customers/<id:customer_id>/merge")


@bp.get("")
def new(customer_id: str) -> Response:
    """Find the other file of the same company (`?q=`), then see both side by side (`?gone=<id>`)."""
    customer = _mine_to_merge(find(customer_id))
    if "gone" in request.args:
        gone = _mine_to_merge(find_living(request.args["gone"], but=customer.id))
        rows = compare(customer, gone)
        return page(
            "customers/merge_preview.html",
            customer=customer,
            gone=gone,
            rows=rows,
            form=MergeForm(formdata=None, gone=gone.id),
        )
    q = clean(request.args.get("q"))[:200]
    return page(
        "customers/merge.html", customer=customer, q=q, found=candidates(current_user, customer, q), words=words
    )


@bp.post("")
def create(customer_id: str) -> Response:
    kept = _mine_to_merge(find(customer_id))
    gone = _mine_to_merge(find_living(request.form.get("gone"), but=kept.id))
    gone.merge_into(kept, current_user)
    gate.describe("merge", kept.title)
    flash(_("合成一份了：%(name)s", name=kept.title))
    return redirect(url_for("door.show", customer_id=kept.id), 303)


def _mine_to_merge(customer: Customer) -> Customer:
    """Whoever leads a team merges what he sees; a rep only what is his own, and he sees no other."""
    return customer if current_user.role != "rep" or customer.owner_id == current_user.id else abort(404)
