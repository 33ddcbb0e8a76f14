"""Rendering a page for the pack: the very view that answers it online, asked as that person, in his language."""

from dataclasses import dataclass

from flask import Flask, g
from werkzeug.exceptions import HTTPException

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.foundation.logs import log


@dataclass(frozen=True)
class Reader:
    """Whose phone it is, and what it says of itself: the wishes that its own requests carry."""

    user_id: str
    device_id: str | None
    headers: dict[str, str]


def render(app: Flask, url: str, reader: Reader) -> str | None:
    """The page as text, or None if the view answers anything but a page."""
    with app.app_context(), app.test_request_context(url, headers=reader.headers):
        g.packing = True
        g._login_user = db.session.get(User, reader.user_id)
        g.device_id = reader.device_id
        try:
            response = app.make_response(app.dispatch_request())
        except HTTPException:
            return None
        except Exception as error:  # one broken page must not keep the others from the phone
            log.error("unpackable", path=url, exc_info=error)
            return None
        return response.get_data(as_text=True) if response.status_code == 200 else None
