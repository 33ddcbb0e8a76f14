"""The gate: the one place that commits.

Every unsafe request runs here in one transaction. A form with a `submission_id` is taken in once: its receipt is
claimed first, so of sixteen processes that get the same form at the same moment one files it and fifteen find the
receipt. The same id with another body, or under another name, is refused. A view that answers 4xx has stored nothing.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, cast

from flask import Response, abort, current_app, g, redirect, request
from flask_login import current_user

from webapp.accounts import sessions
from webapp.foundation import at_hand, clock, filing, later
from webapp.foundation.db import as_id, db, insert_unless_there, new_id, writing
from webapp.foundation.filing import before_the_lock, describe, keep_despite_refusal, submission_id
from webapp.foundation.origin import SAFE
from webapp.foundation.pages import page
from webapp.outbox.models import Receipt

__all__ = ["before_the_lock", "describe", "keep_despite_refusal", "pass_through", "submission_id", "transaction"]


@contextlib.contextmanager
def transaction() -> Iterator[None]:
    """For jobs and commands: one transaction, committed at the end or not at all."""
    db.session.rollback()
    later.forget_what_waited()
    with writing():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            later.forget_what_waited()
            raise
    later.do_what_waited()


def pass_through(dispatch: Callable[[], Any]) -> Any:
    """Run the view of this request; what it did is committed if it is unsafe and was answered without refusal."""
    if request.method in SAFE:
        return dispatch()
    for prepare in filing.prepared:
        prepare()
    db.session.rollback()
    later.forget_what_waited()
    with writing():
        try:
            response = take(dispatch)
            sessions.touch()
            if response.status_code < 400 or g.get("keep_despite_refusal"):
                db.session.commit()
            else:
                db.session.rollback()
        except BaseException:
            db.session.rollback()
            later.forget_what_waited()
            raise
    if response.status_code < 400:
        later.do_what_waited()
    return response


def take(dispatch: Callable[[], Any], is_new: bool = False) -> Response:
    """Claim the receipt of this form and run its view; the caller holds the transaction. `is_new`: it knows that nobody has
    had this form, and does without all that it does if the database finds that somebody has been quicker."""
    if "submission_id" not in request.form or not current_user.is_authenticated:
        return current_app.make_response(dispatch())
    if as_id(request.form["submission_id"]) is None:
        abort(400, description="submission_id")
    fingerprint = _fingerprint()
    if not (_claim_new if is_new else _claim)(fingerprint):
        return _answer_again(fingerprint)
    response = current_app.make_response(dispatch())
    if response.status_code < 400:
        _finish(response)
    return response


def _claim(fingerprint: str) -> bool:
    """Write the receipt if nobody has; false means that this id has been here before."""
    row = _blank(fingerprint)
    claim = insert_unless_there(Receipt).values(row).returning(Receipt.id)
    if db.session.execute(claim).scalar() is None:
        return False
    g.receipt = db.session.get_one(Receipt, submission_id())
    return True


def _claim_new(fingerprint: str) -> bool:
    """A receipt that is put by: what is said of it until then is written with it."""
    g.receipt = SimpleNamespace(**_blank(fingerprint), filed_at=clock.here(), device_id="")
    at_hand.put_by(Receipt, vars(g.receipt))
    return True


def _blank(fingerprint: str) -> dict[str, str]:
    return {"id": submission_id(), "user_id": current_user.id, "path": request.path, "fingerprint": fingerprint}


def _finish(response: Response) -> None:
    receipt = g.receipt
    receipt.location = (response.location or request.path)[:300]
    for name, value in g.get("receipt_words", {}).items():
        setattr(receipt, name, value)
    response.headers["Submission-Receipt"] = receipt.id


def _answer_again(fingerprint: str) -> Response:
    """The same answer for the same form; a page that explains for another one under the same id."""
    receipt = db.session.get_one(Receipt, submission_id())
    mine = receipt.user_id == current_user.id
    if mine and receipt.fingerprint == fingerprint:
        response = current_app.make_response(redirect(receipt.location, 303))
        response.headers["Submission-Receipt"] = receipt.id
        return response
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "submission_id"]
    return page("outbox/conflict.html", 409, receipt=receipt if mine else None, typed=typed, new_id=new_id())


def _fingerprint() -> str:
    """A digest of where the form goes and all it says, files included; the order of different fields does not count.
    `written_for`: the address that it was written for, if it is posted to another one now (a merged customer's)."""
    fields = (field for field in request.form.items(multi=True) if field[0] != "submission_id")
    said = [f"\0{len(name)} {len(value)}\0{name}\0{value}" for name, value in sorted(fields, key=itemgetter(0))]
    digest = hashlib.sha256("".join((g.get("written_for", request.path), *said)).encode(errors="replace"))
    for name, file in sorted(request.files.items(multi=True), key=itemgetter(0)):
        digest.update(f"\0{name}\0".encode() + hashlib.file_digest(cast(Any, file.stream), "sha256").digest())
        file.stream.seek(0)
    return digest.hexdigest()
