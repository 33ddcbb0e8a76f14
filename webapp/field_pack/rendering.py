"""Rendering a page for the pack: the very view that answers it online, asked as that person, in his language."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, has_app_context
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
def together(app: Flask) -> Iterator[None]:
    """Inside, pages are rendered of one and the same state of the house, and who reads them is looked up once."""
    with app.app_context():
        g.reads_on = True
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def read_by(app: Flask, url: str, reader: Reader) -> Iterator[User]:
    """Inside, this address is being asked for by that person, to be packed."""
    with _apart(app, url), app.test_request_context(url, headers=reader.headers):
        g.packing = True
        g._login_user = user = g.get("_login_user") or db.session.get_one(User, reader.user_id)
        g.device_id = reader.device_id
        yield user
        if g.get("reads_on"):
            db.session.expunge_all()  # a page may have found its rows halved: the next one finds its own
            db.session.add(user)


@contextmanager
def _apart(app: Flask, url: str) -> Iterator[None]:
    """In the house as it is `together`, or else by itself, and nothing of it stays: as with a stranger, who is written down."""
    are_together, is_of_stranger = has_app_context() and g.get("reads_on"), strangers.is_of_one(url)
    if are_together and not is_of_stranger:
        yield
        return
    if are_together:
        db.session.rollback()  # who writes waits for nobody who reads
    with writing() if is_of_stranger else nullcontext(), app.app_context():
        try:
            yield
        finally:
            db.session.rollback()


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
            db.session.rollback()
            log.error("unpackable", path=url, exc_info=error)
            return None, {}


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
