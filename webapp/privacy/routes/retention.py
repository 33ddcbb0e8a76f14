from flask import Blueprint, Response, flash, redirect, url_for
from flask_login import current_user

from webapp.accounts.access import only
from webapp.accounts.models import note
from webapp.customers import queries as customers
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.privacy.due import due
from webapp.privacy.forms import KeepForm, TermsForm
from webapp.privacy.models import KeptOn, Term

bp = Blueprint("retention", __name__)


@bp.get("/retention")
def index() -> Response:
    """Whom we need not keep any longer: one tap keeps him, with a reason, another erases him."""
    return _page(TermsForm(formdata=None, data=Term.all()))


def _page(form: TermsForm, status: int = 200) -> Response:
    people, total = due(current_user)
    return page("privacy/retention.html", status, people=people, total=total, form=form)


@bp.post("/retention/terms")
@only("admin")
def set_terms() -> Response:
    form = TermsForm()
    if not form.validate_on_submit():
        return _page(form, 422)
    Term.set(form.values())
    flash(_("存好了。"))
    return redirect(url_for("retention.index"), 303)  # type: ignore[return-value]


@bp.post("/contacts/<id:contact_id>/keeping")
def keep(contact_id: str) -> Response:
    contact, form = customers.find_contact(contact_id), KeepForm()
    if not form.validate_on_submit():
        return _page(TermsForm(formdata=None, data=Term.all()), 422)
    KeptOn.keep(contact, form.reason.data or "", current_user)
    note("kept_on", contact, None, current_user.id, reason=form.reason.data)
    gate.describe("contact", contact.customer.title)
    return redirect(url_for("retention.index"), 303)  # type: ignore[return-value]
