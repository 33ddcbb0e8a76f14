"""When something goes wrong the person reads what happened and what to do, with an id that the log has too."""

import secrets

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.foundation.db import db
from webapp.foundation.logs import log
from webapp.foundation.pages import page


def prepare(app: Flask) -> None:
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _broken)


def _refused(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    return _answer(error)


def _broken(error: Exception) -> Response:
    return _answer(InternalServerError(original_exception=error))


def _answer(error: HTTPException) -> Response:
    status = error.code or 500
    error_id = secrets.token_hex(4).upper()
    if status >= 500:
        g.error_id = error_id  # then nothing is asked of the database for the page's frame
        _know_the_reader()
    original = getattr(error, "original_exception", None)
    say = log.error if status >= 500 else log.info
    say("refused", error_id=error_id, status=status, endpoint=request.endpoint, exc_info=original)
    answer = page("errors/error.html", status=status, error_id=error_id, code=status, reason=error.description)
    for name, value in error.get_headers():
        if name in ("Retry-After", "Allow"):
            answer.headers[name] = value
    return answer


def _know_the_reader() -> None:
    """Whose language the page speaks; what has failed may keep that from being asked, and then the browser's own does."""
    try:
        db.session.rollback()
        current_user.is_anonymous or current_user.language  # noqa: B018 (it is read anew)
    except Exception:
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
