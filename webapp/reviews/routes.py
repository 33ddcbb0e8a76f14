"""What waits, one thing at a time, and what was said about it."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import find_or_404, only
from webapp.accounts.models import REVIEWERS
from webapp.customers.models import Customer, LevelChange
from webapp.foundation.db import db
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.reviews import quarantine_routes, queries
from webapp.reviews.forms import CommentForm, RemarkForm, VerdictForm
from webapp.reviews.models import Comment, Opening, Review, Stale, find, whose
from webapp.reviews.words import PHRASES
from webapp.visits import words as visits_words
from webapp.visits.reminders import reminders_for
from webapp.visits.report_queries import shown

bp = Blueprint("reviews", __name__)
blueprints = [bp, quarantine_routes.bp]
reviewers = only(*sorted(REVIEWERS))


@bp.app_context_processor
def _counts() -> dict[str, Any]:
    """The number on the review tab."""
    return (
        {"nav_counts": {"review": queries.waiting(current_user)}} if getattr(current_user, "may_review", False) else {}
    )


@bp.get("/reviews")
@reviewers
def index() -> ResponseReturnValue:
    queue = queries.queue(current_user)
    form = VerdictForm(formdata=None).about(queue.dailies[0] if queue.dailies else None)
    return page("reviews/index.html", queue=queue, form=form.offer(PHRASES["daily"]))


@bp.get("/reviews/<any(plan,daily,visit):kind>/<id:subject_id>")
@reviewers
def show(kind: str, subject_id: str) -> ResponseReturnValue:
    return _show(kind, _theirs(kind, subject_id))


def _show(
    kind: str, subject: Any, status: int = 200, form: RemarkForm | None = None, stale: bool = False
) -> ResponseReturnValue:
    form = (form or VerdictForm(formdata=None)).about(subject)
    form.offer(PHRASES[kind])
    return page(
        f"reviews/{kind}.html",
        status,
        kind=kind,
        subject=subject,
        form=form,
        stale=stale,
        said=queries.thread(kind, subject.id),
        shown=shown(subject, current_user) if kind == "visit" else None,
        words=visits_words,
        reminders=reminders_for([s.customer for s in subject.stops], subject.day) if kind == "plan" else {},
    )


@bp.post("/reviews/<any(plan,daily):kind>/<id:subject_id>/approval")
@reviewers
def approve(kind: str, subject_id: str) -> ResponseReturnValue:
    return _decide(kind, _theirs(kind, subject_id), "approved")


@bp.post("/reviews/<any(plan,daily):kind>/<id:subject_id>/return")
@reviewers
def send_back(kind: str, subject_id: str) -> ResponseReturnValue:
    return _decide(kind, _theirs(kind, subject_id), "returned")


def _decide(kind: str, subject: Any, verdict: str) -> ResponseReturnValue:
    form = VerdictForm().offer(PHRASES[kind])
    if not form.validate_on_submit() or (verdict == "returned" and form.refuse_without_reason()):
        return _show(kind, subject, 422, form)
    try:
        version = int(form.version.data) if (form.version.data or "").isdigit() else -1
        Review.decide(kind, subject, verdict, version, form.words, current_user, gate.submission_id())
    except Stale:
        return _show(kind, subject, 409, form, stale=True)
    flash(_("核签了。") if verdict == "approved" else _("退回去了。"))
    return redirect(url_for("reviews.index"), 303)


@bp.post("/reviews/<any(plan,daily,visit):kind>/<id:subject_id>/opening")
@reviewers
def open_it(kind: str, subject_id: str) -> ResponseReturnValue:
    """The page says by itself that it has been opened; that is the rep's third tick."""
    Opening.note(kind, _theirs(kind, subject_id).id, current_user)
    return "", 204


@bp.get("/threads/<any(plan,daily,visit):kind>/<id:subject_id>")
def thread(kind: str, subject_id: str) -> ResponseReturnValue:
    """What was said about it, for its author and for whoever may see it; the author's pages fetch it from here."""
    subject = find(kind, subject_id, current_user)
    return _thread(kind, subject, CommentForm(formdata=None))


@bp.post("/threads/<any(plan,daily,visit):kind>/<id:subject_id>")
def comment(kind: str, subject_id: str) -> ResponseReturnValue:
    subject = find(kind, subject_id, current_user)
    form = CommentForm().offer(PHRASES[kind])
    if not form.validate_on_submit() or form.refuse_empty():
        return _thread(kind, subject, form, 422)
    Comment.say(kind, subject, form.words, current_user, gate.submission_id())
    if current_user.may_review and whose(subject) != current_user.id:
        Opening.note(kind, subject.id, current_user)
    gate.describe("comment", form.words[:60], subject.id)
    return redirect(_back_to(kind, subject), 303)


def _thread(kind: str, subject: Any, form: CommentForm, status: int = 200) -> ResponseReturnValue:
    said = queries.thread(kind, subject.id)
    return page(
        "reviews/thread.html", status, kind=kind, subject=subject, said=said, form=form, back=_back_to(kind, subject)
    )


def _back_to(kind: str, subject: Any) -> str:
    """Where the person reads this thing: its author on his own page, a supervisor on the review page."""
    if current_user.may_review and whose(subject) != current_user.id:
        return url_for("reviews.show", kind=kind, subject_id=subject.id)
    if kind == "visit":
        return url_for("reports.show", report_id=subject.id)
    return url_for("daily.show", daily_id=subject.id) if kind == "daily" else url_for("visits.day", day=subject.day)


@bp.post("/reviews/level-changes/<id:change_id>/<any(acceptance,refusal):verdict>")
@reviewers
def settle_level(change_id: str, verdict: str) -> ResponseReturnValue:
    """Accept or decline a level that a rep proposed."""
    mine = Customer.visible_to(current_user).with_only_columns(Customer.id)
    change = find_or_404(db.select(LevelChange).where(LevelChange.id == change_id, LevelChange.customer_id.in_(mine)))
    change.accept(current_user) if verdict == "acceptance" else change.decline(current_user)
    return redirect(url_for("reviews.index"), 303)


def _theirs(kind: str, subject_id: str) -> Any:
    """Something of one's people's; nobody signs off his own work."""
    subject = find(kind, subject_id, current_user)
    if whose(subject) == current_user.id or getattr(subject, "version", 1) == 0:
        abort(404)
    return subject
