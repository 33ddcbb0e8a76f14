"""What one says often, in one's own words."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import only
from webapp.accounts.models import REVIEWERS
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.reviews.phrase_forms import PhrasesForm

bp = Blueprint("phrases", __name__, url_prefix="/reviews/phrases")
reviewers = only(*sorted(REVIEWERS))


@bp.get("")
@reviewers
def edit() -> ResponseReturnValue:
    return page("reviews/phrases.html", form=PhrasesForm(formdata=None).fill(current_user))


@bp.post("")
@reviewers
def update() -> ResponseReturnValue:
    form = PhrasesForm()
    if not form.validate_on_submit():
        return page("reviews/phrases.html", 422, form=form)
    form.keep_for(current_user)
    gate.describe("phrases", "")
    flash(_("存好了。"))
    return redirect("/reviews", 303)
