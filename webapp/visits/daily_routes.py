"""The daily report: it builds itself, the rep adds a word and hands it in."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import find_or_404
from webapp.foundation import clock
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.visits.daily_figures import figures_of
from webapp.visits.daily_forms import DailyForm
from webapp.visits.models import DailyReport

bp = Blueprint("daily", __name__)


@bp.get("/days/<day:day>/report")
def edit(day: date) -> ResponseReturnValue:
    """The day as it stands, and the form that hands it in."""
    _not_before_its_time(day)
    daily = DailyReport.begun(current_user, day)
    return _form_page(day, daily, DailyForm(obj=daily, formdata=None))


@bp.post("/days/<day:day>/report")
def hand_in(day: date) -> ResponseReturnValue:
    _not_before_its_time(day)
    form = DailyForm()
    if not form.validate_on_submit():
        return _form_page(day, DailyReport.begun(current_user, day), form, 422)
    daily = DailyReport.of(current_user, day, gate.submission_id())
    daily.hand_in(
        figures_of(current_user, day), form.attendance.data or "field", form.changes.data or "", form.insight.data or ""
    )
    gate.describe("daily", day.isoformat(), daily.id)
    flash(_("日报交上去了。"))
    return redirect(url_for("daily.show", daily_id=daily.id), 303)


@bp.get("/daily-reports/<id:daily_id>")
def show(daily_id: str) -> ResponseReturnValue:
    """The report as it was handed in."""
    daily = find_or_404(DailyReport.visible_to(current_user).where(DailyReport.id == daily_id, DailyReport.version > 0))
    is_mine = daily.user_id == current_user.id
    stale = is_mine and figures_of(daily.user, daily.day)["lines"] != daily.figures.get("lines")
    return page("visits/daily/show.html", daily=daily, figures=daily.figures, is_mine=is_mine, stale=stale)


def _form_page(day: date, daily: DailyReport | None, form: DailyForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "visits/daily/form.html", status, day=day, daily=daily, form=form, figures=figures_of(current_user, day)
    )


def _not_before_its_time(day: date) -> None:
    """A day is reported when it has come, and not a year later."""
    if not 0 <= (clock.today() - day).days <= 366:
        abort(404)
