"""Handing an entry to the view that a browser's post to its address reaches, in the transaction of its batch."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Request, Response, current_app, g, request
from flask.ctx import RequestContext
from flask.sessions import SecureCookieSession
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.urls import iri_to_uri

from webapp.foundation import clock
from webapp.foundation.filing import forms_of_this_request
from webapp.outbox.entries import Entry, current_address

OF_AN_ENTRY = (
    "submission_id",
    "receipt",
    "receipt_words",
    "forms",
    "baggage",
    "keep_despite_refusal",
    "form_refused",
    "written_for",
)


PASSED_ON = ("wsgi.url_scheme", "SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE")


class Handed(Request):
    """A form that came in a batch, read already; of the batch's request it has the language and the cookies."""

    def __init__(self, action: str, fields: list[tuple[str, str]]) -> None:
        to, known = urlsplit(iri_to_uri(action)), request.environ
        path = unquote_to_bytes(to.path).decode("latin-1")  # as WSGI spells it
        passed_on = {name: known[name] for name in PASSED_ON if name in known}
        super().__init__({**passed_on, "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": to.query})
        self._sent = fields

    def _load_form_data(self) -> None:
        self.__dict__ |= {"form": ImmutableMultiDict(self._sent), "files": ImmutableMultiDict()}


def hand_to_view(entry: Entry, is_new: bool = False) -> Response:
    """Run the view of this entry's address as if the form had been posted; its refusals come back as answers."""
    from webapp.outbox import gate

    for name in OF_AN_ENTRY:
        g.pop(name, None)
    g.written_for = urlsplit(entry.action).path
    fields = [(name, value) for name, value in entry.fields if name != "submission_id"]
    posted = Handed(current_address(entry.action), [("submission_id", entry.id), *fields])
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with clock.at_the_time_of(entry.done_at), RequestContext(app, {}, posted, SecureCookieSession()):
        try:
            response = gate.take(app.view_of_this_request, is_new)
        except HTTPException as error:
            response = app.make_response((error.description or "", error.code or 500))
        g.form_refused = _errors() if response.status_code >= 400 else {}
    return response


def _errors() -> dict[str, list[str]]:
    """What the form that was just read had to say, field by field."""
    found = [item for form in forms_of_this_request() for item in form.errors.items()]
    return {name: words for field, errors in found if field for name, words in _one_by_one(field, errors)}


def _one_by_one(field: str, errors: Any) -> Iterator[tuple[str, list[str]]]:
    """(name of an input, its errors): what a form within the form says is its inputs' own."""
    if isinstance(errors, dict):
        for name, within in errors.items():
            yield from _one_by_one(f"{field}-{name}" if name else field, within)
        return
    if words := [str(error) for error in errors if not isinstance(error, dict)]:
        yield field, words
    for position, within in enumerate(errors):
        if isinstance(within, dict):
            yield from _one_by_one(f"{field}-{position}", within)
