"""What happened at a customer that is somebody else's by now: a leader files it, or puts it aside and says why."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import only
from webapp.accounts.models import REVIEWERS
from webapp.foundation.forms import FieldForm
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate, quarantine
from webapp.outbox.arrivals import Quarantined
from webapp.reviews import quarantine_queries as queries
from webapp.reviews.forms import DismissalForm

bp = Blueprint("quarantine", __name__, url_prefix="/reviews/quarantine/<id:entry_id>")
reviewers = only(*sorted(REVIEWERS))


@bp.get("")
@reviewers
def show(entry_id: str) -> ResponseReturnValue:
    return _show(queries.find(entry_id, current_user))


def _show(
    row: Quarantined, status: int = 200, form: FieldForm | None = None, faults: list[str] | None = None
) -> ResponseReturnValue:
    held = queries.held(row, current_user)
    form = form or DismissalForm(formdata=None)
    return page("reviews/quarantine.html", status, held=held, form=form, faults=faults)


@bp.post("/filing")
@reviewers
def file(entry_id: str) -> ResponseReturnValue:
    """File it in its author's name at the customer as it is now; whose customer that is stays as it is."""
    row = queries.find(entry_id, current_user)
    FieldForm()
    faults = quarantine.file(row, current_user)
    if faults is not None:
        return _show(row, 422, faults=faults)
    return _decided(row, _("收下了。"))


@bp.post("/dismissal")
@reviewers
def dismiss(entry_id: str) -> ResponseReturnValue:
    row = queries.find(entry_id, current_user)
    form = DismissalForm()
    if not form.validate_on_submit():
        return _show(row, 422, form=form)
    quarantine.drop(row, current_user, form.reason.data or "")
    return _decided(row, _("放下了，他会看到为什么。"))


def _decided(row: Quarantined, words: str) -> ResponseReturnValue:
    """Back to the queue; whoever came too late is shown what was decided before."""
    gate.describe("review", row.author.name, row.id)
    if row.decided_by_id != current_user.id:
        return redirect(url_for("quarantine.show", entry_id=row.id), 303)
    flash(words)
    return redirect(url_for("reviews.index"), 303)
