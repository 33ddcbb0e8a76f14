"""What a phone could not send and handed over as a file: taken in by its author, by whoever leads him, or by an admin."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.foundation.filing import before_the_lock
from webapp.foundation.pages import page
from webapp.outbox import parcel, parcel_filing
from webapp.outbox.parcel_forms import ParcelForm

bp = Blueprint("parcels", __name__, url_prefix="/outbox/import")


@before_the_lock
def open_it() -> None:
    """The code is weighed and the file opened before the database is locked."""
    if request.endpoint != "parcels.create" or not current_user.is_authenticated:
        return
    g.parcel, g.parcel_problem, file = None, "", request.files.get("file")
    code = request.form.get("code", "")
    if not file or not file.filename:
        g.parcel_problem = "none"
    elif not parcel.plain_code(code):
        g.parcel_problem = "no_code"
    else:
        _unseal(file.read(), code)


def _unseal(content: bytes, code: str) -> None:
    try:
        g.parcel = parcel.unseal(content, code)
    except parcel.Damaged:
        g.parcel_problem = "damaged"
    except parcel.WrongCode:
        g.parcel_problem = "wrong_code"


@bp.get("")
def new() -> ResponseReturnValue:
    return _form(ParcelForm(formdata=None))


@bp.post("")
def create() -> ResponseReturnValue:
    """Take it in and say what became of each thing in it; the same file again changes nothing."""
    form = ParcelForm()
    if g.parcel is None or not form.validate():
        return _form(form, 422, g.parcel_problem)
    try:
        taken = parcel_filing.take_in(g.parcel, current_user)
    except parcel_filing.Foreign as other:
        return _form(form, 422, "foreign", origin=str(other)[:100])
    except parcel_filing.NotYours:
        return _form(form, 422, "not_yours")
    return page("outbox/parcel/done.html", taken=taken)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """No phone makes one so big."""
    return _form(ParcelForm(formdata=None), 413, "damaged")


def _form(form: ParcelForm, status: int = 200, problem: str = "", **values: str) -> ResponseReturnValue:
    if problem:
        form.refuse(problem, **values)
    return page("outbox/parcel/new.html", status, form=form)
