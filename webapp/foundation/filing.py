"""What a view or a command may say to the gate from any floor, the ones below it too: under which id it files, what it
files, that a refusal counts, and which slow work comes before the lock. The gate itself lends its transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, cast

from flask import current_app, g, has_request_context, request

from webapp.foundation.db import as_id, new_id

prepared: list[Callable[[], None]] = []


def before_the_lock(prepare: Callable[[], None]) -> Callable[[], None]:
    """Register slow work on the request (re-encoding photos, weighing a password) that is done before the database is locked."""
    prepared.append(prepare)
    return prepare


def submission_id() -> str:
    """The id of what is being filed: born with the form, else now. The main row that a form makes is named by it."""
    if "submission_id" not in g:
        g.submission_id = as_id(request.form.get("submission_id")) or new_id()
    return str(g.submission_id)


def describe(kind: str, title: str, subject_id: str | None = None) -> None:
    """Say what is being filed, as its sender will read it in the outbox, and what it is about if not itself."""
    g.receipt_words = {"kind": kind, "title": title[:200], "subject_id": subject_id or submission_id()}


def keep_despite_refusal() -> None:
    """Let this transaction be committed although the answer is a refusal (a failed sign-in is counted)."""
    g.keep_despite_refusal = True


def transaction() -> AbstractContextManager[None]:
    """The gate's transaction, for the commands of rooms that stand below it."""
    return cast(AbstractContextManager[None], current_app.extensions["transaction"]())


def note_form(form: Any) -> None:
    """A form says that it is read in this request, so that a refused delivery can name its errors."""
    if has_request_context():
        g.setdefault("forms", []).append(form)


def forms_of_this_request() -> list[Any]:
    return list(g.get("forms", []))
