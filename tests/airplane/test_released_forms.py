"""Last month's forms on today's phone: every body that a released form sends goes through the worker and arrives."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Playwright
from werkzeug.serving import make_server

from tests.airplane.accidents import ASK, eventually
from tests.airplane.conftest import House, Phone
from tests.airplane.proxy import Line
from tests.apps import an_app
from tests.conftest import TUESDAY
from tests.house import office as furniture
from tests.outbox.test_released_bodies import FILES, body_of
from webapp.accounts import sessions
from webapp.accounts.models import audit_lock
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.settings import from_environment
from webapp.outbox.models import Receipt

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

FORGOTTEN = ("contacts-contact_id-erasure",)
"""Whoever asks for somebody's erasure lets go of this entry, too, as soon as the phone is told of it."""
SAVE = """([url, fields]) => { const body = new URLSearchParams(); for (const [name, value] of fields) body.append(name, value);
  return fetch(url, { method: "POST", body, redirect: "manual" }).then(({ type, status }) => `${type} ${status}`); }"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The furnished office of the house's own tests, served on a line of its own; `laid()` lays it out afresh."""
    clock.freeze(TUESDAY)
    app = an_app(replace(from_environment({"DOORSTEP_DATA": str(tmp_path / "data")}), secret_key="for tests only"))
    with app.app_context():
        db.create_all()
        with db.engine.begin() as connection:
            audit_lock.lift(connection)  # the office is laid out afresh, its log too
        office = furniture.furnish()
        rows = furniture.keep()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    office.house = House(app, Line(server.port), office, [])
    office.rows = rows
    yield office
    office.house.line.close()
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()
    clock.freeze(None)


def laid(office: SimpleNamespace) -> None:
    with office.house.app.app_context():
        furniture.put_back(office.rows)


def test_every_body_of_a_released_form_goes_through_the_worker_and_arrives(
    office: SimpleNamespace, playwright: Playwright, tmp_path: Path
) -> None:
    house: House = office.house
    phone = Phone(playwright, tmp_path / "profile", house)
    cookie = {"name": sessions.COOKIE, "value": office.tokens["lin"], "url": house.address}
    phone.context.add_cookies([cookie])  # type: ignore[list-item]
    page = phone.open("/settings")
    eventually(page, "Boolean(navigator.serviceWorker.controller && document.body.dataset.user)")
    eventually(page, f"({ASK})('state').then((state) => Boolean(state && state.user))")
    missing = {}
    for path in FILES:
        laid(office)
        action, fields = body_of(path, office)
        id = new_id()
        said = page.evaluate(SAVE, [action, [["submission_id", id], *fields]])
        entry = page.evaluate(ENTRY, id)
        with house.app.app_context():
            there = db.session.get(Receipt, id) is not None
        is_kept = entry["state"] in ("delivered", "quarantined") if entry else path.stem in FORGOTTEN
        if not there or not is_kept:
            missing[path.stem] = (said, json.dumps(entry, ensure_ascii=False)[-300:])
    phone.context.close()
    assert missing == {}


ENTRY = """(id) => new Promise((done) => { const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data); navigator.serviceWorker.controller.postMessage({ kind: "entry", id }, [port2]); })"""
