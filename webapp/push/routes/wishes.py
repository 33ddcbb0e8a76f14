"""What a person wants to be woken for, and when not."""

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.push import queries, words
from webapp.push.forms import WishesForm
from webapp.push.keys import public_key
from webapp.push.models import Wishes

bp = Blueprint("wishes", __name__)


@bp.get("/settings/notices")
def edit() -> ResponseReturnValue:
    return _page(WishesForm(current_user, Wishes.of(current_user.id), formdata=None))


@bp.post("/settings/notices")
def update() -> ResponseReturnValue:
    wishes = Wishes.of(current_user.id)
    form = WishesForm(current_user, wishes)
    if not form.validate_on_submit():
        return _page(form, 422)
    wishes.keep(form.off, form.quiet_from.data or "", form.quiet_to.data or "")
    flash(_("存好了。"))
    return redirect(url_for("wishes.edit"), 303)


def _page(form: WishesForm, status: int = 200) -> ResponseReturnValue:
    shown = queries.wishes_page(current_user, g.device_id)
    return page("push/wishes.html", status, form=form, key=public_key(), words=words, **shown)
