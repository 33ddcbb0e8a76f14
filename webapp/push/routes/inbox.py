"""What one was told: read, put off, or waiting."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import find_or_404
from webapp.foundation import clock, later
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.push import queries, words
from webapp.push.carrying import carry
from webapp.push.forms import ReadForm
from webapp.push.keys import public_key
from webapp.push.models import Notice

bp = Blueprint("inbox", __name__)
LATER = timedelta(hours=1)


@bp.app_context_processor
def _unread() -> dict[str, Any]:
    """The number at the bell, asked for when a page shows one."""
    unread = lambda: queries.unread(current_user) if current_user.is_authenticated else 0  # noqa: E731
    return {"unread_notices": unread, "pushes": lambda: bool(public_key())}


@bp.get("/inbox")
def index() -> ResponseReturnValue:
    number = min(max(request.args.get("page", 1, type=int), 1), 1000)
    found = queries.inbox(current_user, number)
    return page("push/inbox.html", inbox=found, form=ReadForm(formdata=None), words=words, key=public_key())


@bp.post("/inbox/reading")
def read() -> ResponseReturnValue:
    """All that came until a moment, or some of it, has been read."""
    form = ReadForm()
    queries.read(current_user, form.moment, form.ids)
    return redirect(url_for("inbox.index"), 303)


@bp.post("/inbox/<id:notice_id>/postponement")
def postpone(notice_id: str) -> ResponseReturnValue:
    """Not now: it comes once more in an hour, unless it has been read by then."""
    notice = find_or_404(Notice.visible_to(current_user).where(Notice.id == notice_id))
    later.put_off(carry, [notice.id], notice.next_round(), at=clock.here() + LATER)
    flash(_("一小时后再提醒你。"))
    return redirect(url_for("inbox.index"), 303)
