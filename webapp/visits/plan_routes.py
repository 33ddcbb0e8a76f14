"""The day: what is planned, what is next, what is worth adding; and its plan on the way to the supervisor."""

from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from webapp.accounts.access import find_or_404
from webapp.attention import care_queries as care
from webapp.foundation import clock
from webapp.foundation.db import as_id
from webapp.foundation.i18n import _, ngettext
from webapp.foundation.lunar import lunar_words
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.visits import plan_queries as queries
from webapp.visits.models import DayPlan, Stop
from webapp.visits.plan_forms import CopyForm, HandInForm, OrderForm

bp = Blueprint("visits", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """A rep begins with his day, a supervisor with what waits for him, an admin with the people."""
    if current_user.is_admin:
        return redirect(url_for("users.index"))
    if current_user.may_review and current_user.role != "supervisor":
        return redirect(url_for("insight.index"))
    return redirect(url_for("reviews.index") if current_user.may_review else url_for("visits.day", day=clock.today()))


@bp.get("/days/<day:day>")
def day(day: date) -> ResponseReturnValue:
    return _day_page(day)


def _day_page(day: date, status: int = 200, **forms: object) -> ResponseReturnValue:
    today = clock.today()
    week = [day + timedelta(days=n) for n in range(-3, 4)]
    return page(
        "visits/day.html",
        status,
        day=day,
        week=week,
        counts=queries.days_with_plans(current_user, week[0], week[-1]),
        lunar=lunar_words(day),
        here=queries.day_page(current_user, day, today),
        cares=care.count(current_user, day) if day >= today else 0,
        worth=queries.worth_of_a_knock(current_user, today) if day == today else None,
        **{"hand_in": HandInForm(formdata=None), "order": OrderForm(formdata=None), **forms},
    )


@bp.post("/days/<day:day>/order")
def reorder(day: date) -> ResponseReturnValue:
    """A new order: dragged (`ids`), one step (`stop_id`, `by` -1 or 1), or the shortest way (`by` distance)."""
    plan, form = _own_plan(day), OrderForm()
    if form.by.data == "distance":
        plan.shorten(_position(form))
    elif form.ids.data:
        plan.reorder(form.ids.data.split(","))
    else:
        plan.move(own_stop(form.stop_id.data), 1 if form.by.data == "1" else -1)
    return redirect(url_for("visits.day", day=day), 303)


def _position(form: OrderForm) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(form.latitude.data or "x"), float(form.longitude.data or "x")
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


@bp.post("/days/<day:day>/copies")
def copy_day(day: date) -> ResponseReturnValue:
    """Take over the visits of another day of one's own."""
    not_too_far(day)
    form = CopyForm()
    other = find_or_404(
        select(DayPlan).where(DayPlan.id == as_id(form.source.data), DayPlan.user_id == current_user.id)
    )
    n = DayPlan.of(current_user, day).copy_from(other)
    flash(ngettext("照搬了%(num)s家。", "照搬了%(num)s家。", n))
    return redirect(url_for("visits.day", day=day), 303)


@bp.post("/days/<day:day>/handing-in")
def hand_in(day: date) -> ResponseReturnValue:
    """Give the plan to the supervisor."""
    plan, form = _own_plan(day), HandInForm()
    if not form.validate_on_submit() or form.refuse_empty(plan):
        return _day_page(day, 422, hand_in=form)
    plan.hand_in(form.message.data or "")
    gate.describe("plan", day.isoformat(), plan.id)
    flash(_("交给主管了。"))
    return redirect(url_for("visits.day", day=day), 303)


def _own_plan(day: date) -> DayPlan:
    return find_or_404(select(DayPlan).where(DayPlan.user_id == current_user.id, DayPlan.day == day))


def own_stop(stop_id: str | None) -> Stop:
    query = select(Stop).join(DayPlan).where(Stop.id == as_id(stop_id), DayPlan.user_id == current_user.id)
    return find_or_404(query)


def not_too_far(day: date) -> None:
    """One plans from today to a year ahead."""
    if not 0 <= (day - clock.today()).days <= 366:
        abort(404)
