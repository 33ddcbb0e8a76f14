"""The feed that a calendar reads, a day to take along, and the page where one gets the feed's address."""

from datetime import date

from flask import Blueprint, Response, abort, flash, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import current_user

from webapp.accounts.access import public
from webapp.agenda import queries
from webapp.agenda.models import CalendarFeed
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.forms import FieldForm
from webapp.foundation.i18n import _
from webapp.foundation.pages import page

bp = Blueprint("agenda", __name__)
blueprints = [bp]


@bp.get("/settings/calendar")
def index() -> ResponseReturnValue:
    return page("agenda/index.html", feed=db.session.get(CalendarFeed, current_user.id), form=FieldForm(formdata=None))


@bp.post("/settings/calendar")
def make() -> ResponseReturnValue:
    """An address, or another one if there is one already."""
    CalendarFeed.make(current_user)
    flash(_("地址做好了，只给自己的日历用。"))
    return redirect(url_for("agenda.index"), 303)


@bp.post("/settings/calendar/withdrawal")
def withdraw() -> ResponseReturnValue:
    if feed := db.session.get(CalendarFeed, current_user.id):
        feed.withdraw()
    flash(_("收回了，旧地址打不开了。"))
    return redirect(url_for("agenda.index"), 303)


@bp.get("/calendar/<key>.ics")
@public
def feed(key: str) -> ResponseReturnValue:
    """For a calendar program, which cannot sign in: whoever has the address sees the visits."""
    known = CalendarFeed.opened_by(key) if key.isascii() else None
    if known is None:
        abort(404)
    with force_locale(known.user.language or "zh_Hans"):
        return _file(queries.feed_of(known.user, clock.today()))


@bp.get("/days/<day:day>/visits.ics")
def download(day: date) -> ResponseReturnValue:
    """A day's visits for the calendar of this phone; its alarms ring without a network."""
    return _file(queries.day_of(current_user, day))


def _file(content: bytes) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="visits.ics"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
