"""What was said about a thing, for its author and for whoever may see it."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.reviews.forms import CommentForm, OpenedForm
from webapp.reviews.models import Comment, Opening, Phrases, find, whose
from webapp.reviews.thread_queries import thread

bp = Blueprint(
    "threads",
    __name__,
    url_prefix="/threads/<any(plan,daily,visit,complaint,market,customer,concession):kind>/<id:subject_id>",
)


@bp.get("")
def show(kind: str, subject_id: str) -> ResponseReturnValue:
    """The author's pages fetch it from here."""
    return _thread(kind, find(kind, subject_id, current_user), CommentForm(formdata=None))


@bp.post("")
def comment(kind: str, subject_id: str) -> ResponseReturnValue:
    subject = find(kind, subject_id, current_user)
    form = CommentForm().offer(Phrases.of(current_user, kind))
    if not form.validate_on_submit() or form.refuse_empty():
        return _thread(kind, subject, form, 422)
    answers = form.parent_id.data
    Comment.say(kind, subject, form.words, current_user, gate.submission_id(), answers)
    gate.describe("comment", form.words[:60], subject.id)
    return redirect(_back_to(kind, subject), 303)


@bp.post("/opening")
def open_it(kind: str, subject_id: str) -> ResponseReturnValue:
    """Whoever has it before his eyes has read it."""
    form = OpenedForm()
    Opening.note(kind, find(kind, subject_id, current_user).id, current_user, form.at, form.seen)
    return "", 204


def _thread(kind: str, subject: Any, form: CommentForm, status: int = 200) -> ResponseReturnValue:
    talk = thread(kind, subject, current_user)
    back = _back_to(kind, subject)
    return page("reviews/thread.html", status, kind=kind, subject=subject, spoken=talk, form=form, back=back)


def _back_to(kind: str, subject: Any) -> str:
    """Where the person reads this thing: its author on his own page, a supervisor on the review page."""
    if kind == "customer":
        return url_for("door.show", customer_id=subject.id, _anchor="talk")
    if current_user.may_review and (whose(subject) != current_user.id or kind == "complaint"):
        return url_for("reviews.show", kind=kind, subject_id=subject.id)
    if kind == "plan":
        return url_for("visits.day", day=subject.day)
    own = {"visit": "/reports", "daily": "/daily-reports", "complaint": "/complaints", "market": "/market-reports"}
    own |= {"concession": "/concessions"}
    return f"{own[kind]}/{subject.id}"
