"""Rendering a page for the pack: the very view that answers it online, asked as that person, in his language."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from flask import Flask, g
from werkzeug.exceptions import HTTPException

from webapp.accounts.models import User
from webapp.customers import packed
from webapp.customers.models import Customer
from webapp.field_pack import search_index, strangers
from webapp.field_pack.track_index import playbook_index
from webapp.foundation.db import db, writing
from webapp.foundation.logs import log
from webapp.visits.soon import soon


@dataclass(frozen=True)
class Reader:
    """Whose phone it is, and what it says of itself: the wishes that its own requests carry."""

    user_id: str
    device_id: str | None
    headers: dict[str, str]


@contextmanager
def read_by(app: Flask, url: str, reader: Reader) -> Iterator[User]:
    """Inside, this address is being asked for by that person, to be packed."""
    alone = writing() if strangers.is_of_one(url) else nullcontext()
    with alone, app.app_context(), app.test_request_context(url, headers=reader.headers):
        g.packing = True
        user = db.session.get_one(User, reader.user_id)
        g._login_user, g.device_id = user, reader.device_id
        yield user


def render(
    app: Flask, url: str, reader: Reader, kind: str = "", casting: bool = False
) -> tuple[str | None, dict[str, Any]]:
    """The page as text, or None if the view answers anything but a page; and what comes with it: a card brings what the
    phone's own list needs of its customer, the playbook what it is searched by."""
    with read_by(app, url, reader) as user:
        g.casting = casting
        try:
            strangers.let_in(user, url)
            response = app.make_response(app.dispatch_request())
            if response.status_code != 200:
                return None, {}
            return response.get_data(as_text=True), _beside(user, kind, url)
        except HTTPException:
            return None, {}
        except Exception as error:  # one broken page must not keep the others from the phone
            log.error("unpackable", path=url, exc_info=error)
            return None, {}
        finally:
            db.session.rollback()  # nothing was written but, maybe, a stranger


def _beside(user: User, kind: str, url: str) -> dict[str, Any]:
    if url == "/playbook":
        return {"row": playbook_index(user)}
    if kind != "card":
        return {}
    customer = db.session.get_one(Customer, url.split("/")[2].partition("?")[0])
    if strangers.is_of_one(url):
        return {"row": packed.shown(customer)}
    early = soon(customer)
    turn = {"turn": [early.until.isoformat(), early.words]} if early else {}
    return {"index": search_index.row(customer) | turn, "row": packed.shown(customer)}
