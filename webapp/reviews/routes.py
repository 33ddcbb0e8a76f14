"""What waits, one thing at a time: read, signed off or sent back, and on to the next."""

from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import only
from webapp.accounts.handsets import loaded
from webapp.accounts.models import REVIEWERS
from webapp.foundation.i18n import _
from webapp.foundation.packing import is_packing
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.reviews import mention_routes, phrase_routes, quarantine_routes, queries, review_pages, thread_routes
from webapp.reviews.forms import OpenedForm, RemarkForm, VerdictForm
from webapp.reviews.models import Opening, Phrases, Review, find, whose

bp = Blueprint("reviews", __name__)
blueprints = [bp, quarantine_routes.bp, thread_routes.bp, phrase_routes.bp, mention_routes.bp]
reviewers = only(*sorted(REVIEWERS))
QUEUE = "/reviews"


@bp.app_context_processor
def _counts() -> dict[str, Any]:
    """The number on the review tab."""
    if g.get("error_id") or is_packing() or not getattr(current_user, "may_review", False):
        return {}
    return {"nav_counts": {"review": queries.waiting(current_user)}}


@bp.get(QUEUE)
@reviewers
def index() -> ResponseReturnValue:
    queue = queries.queue(current_user)
    first = queue.dailies[0] if queue.dailies else None
    form = VerdictForm(formdata=None).about(first, _after("daily", first) if first else "")
    return page("reviews/index.html", queue=queue, form=form.offer(Phrases.of(current_user, "daily")))


@bp.get("/reviews/phones")
@reviewers
def phones() -> ResponseReturnValue:
    """What still lies on the phones of one's people: of the moment, so a carried queue fetches it from here."""
    return page("reviews/phones.html", phones=loaded(current_user))


@bp.get("/reviews/<any(plan,daily,visit,complaint,market,concession):kind>/<id:subject_id>")
@reviewers
def show(kind: str, subject_id: str) -> ResponseReturnValue:
    return _show(kind, _theirs(kind, subject_id))


def _show(kind: str, subject: Any, status: int = 200, form: RemarkForm | None = None) -> ResponseReturnValue:
    before, after = queries.neighbours(current_user, f"{QUEUE}/{kind}/{subject.id}")
    form = (form or VerdictForm(formdata=None)).about(subject, after or QUEUE)
    form.offer(Phrases.of(current_user, kind))
    around = {"before": before, "after": after, "form": form, "kind": kind, "subject": subject}
    return page(f"reviews/{kind}.html", status, **review_pages.of(kind, subject, current_user), **around)


@bp.post("/reviews/<any(plan,daily,concession):kind>/<id:subject_id>/approval")
@reviewers
def approve(kind: str, subject_id: str) -> ResponseReturnValue:
    return _decide(kind, _theirs(kind, subject_id), "approved")


@bp.post("/reviews/<any(plan,daily,concession):kind>/<id:subject_id>/return")
@reviewers
def send_back(kind: str, subject_id: str) -> ResponseReturnValue:
    return _decide(kind, _theirs(kind, subject_id), "returned")


def _decide(kind: str, subject: Any, verdict: str) -> ResponseReturnValue:
    form = VerdictForm().offer(Phrases.of(current_user, kind))
    refused = (
        form.refuse_without_reason if verdict == "returned" else partial(form.refuse_beyond, subject, current_user)
    )
    if not form.validate_on_submit() or refused():
        return _show(kind, subject, 422, form)
    after = QUEUE if form.then.data == QUEUE else _after(kind, subject)
    seen = form.seen
    review = Review.decide(kind, subject, verdict, seen, form.words, current_user, gate.submission_id())
    gate.describe("outdated" if review.is_outdated else "sign_off", subject.user.name, subject.id)
    if review.is_outdated:
        flash(_("没算数：你看的时候他又改了。"), "warning")
        return redirect(url_for("reviews.show", kind=kind, subject_id=subject.id), 303)
    flash(_("核签了。") if verdict == "approved" else _("退回去了。"))
    return redirect(after, 303)


def _after(kind: str, subject: Any) -> str:
    """Straight on to what comes next, or back to the queue behind the last one."""
    return queries.neighbours(current_user, f"{QUEUE}/{kind}/{subject.id}")[1] or QUEUE


@bp.post("/reviews/<any(plan,daily,visit,complaint,market,concession):kind>/<id:subject_id>/opening")
@reviewers
def open_it(kind: str, subject_id: str) -> ResponseReturnValue:
    """The page says by itself that it has been opened; that is the rep's third tick."""
    form = OpenedForm()
    Opening.note(kind, _theirs(kind, subject_id).id, current_user, form.at, form.seen)
    return "", 204


def _theirs(kind: str, subject_id: str) -> Any:
    """Something of one's people's; nobody signs off his own work. A complaint that a leader sees to himself is his to read."""
    subject = find(kind, subject_id, current_user)
    if kind != "complaint" and (whose(subject) == current_user.id or getattr(subject, "version", 1) == 0):
        abort(404)
    return subject
