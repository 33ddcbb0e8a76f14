from flask import Blueprint, Response, flash, redirect, url_for
from flask_login import current_user

from webapp.accounts.access import only
from webapp.customers import queries as customers
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.privacy import erasing, queries, recording
from webapp.privacy.forms import ErasureForm
from webapp.privacy.models import Erasure

bp = Blueprint("erasures", __name__)


@bp.get("/erasures")
def index() -> Response:
    return page("privacy/erasures.html", erasures=queries.erasures())


@bp.get("/erasures/<id:erasure_id>")
def show(erasure_id: str) -> Response:
    """Which phones have confirmed, and how much of the fifteen days is left."""
    return page("privacy/erasure.html", erasure=queries.erasure(erasure_id))


@bp.post("/contacts/<id:contact_id>/erasure")
def erase_contact(contact_id: str) -> Response:
    contact, form = customers.find_contact(contact_id), ErasureForm()
    return _done(erasing.erase_contact(contact, current_user, with_files=bool(form.with_files.data)))


@bp.post("/customers/<id:customer_id>/erasure")
@only("supervisor", "manager", "director", "admin")
def erase_customer(customer_id: str) -> Response:
    return _done(erasing.erase_customer(customers.find(customer_id), current_user))


@bp.post("/erasures/<id:erasure_id>/word")
def tell_person(erasure_id: str) -> Response:
    """The person was told that it is done."""
    queries.erasure(erasure_id).tell_person()
    return redirect(url_for("erasures.show", erasure_id=erasure_id), 303)  # type: ignore[return-value]


def _done(erasure: Erasure) -> Response:
    recording.note_erasure(erasure, current_user)
    gate.describe("erasure", "")
    flash(_("删掉了。手机上的，各自下次连上就没了。"))
    return redirect(url_for("erasures.show", erasure_id=erasure.id), 303)  # type: ignore[return-value]
