"""Many write while one pulls: no change is lost between two numbers. On SQLite, and on PostgreSQL."""

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from tests import servers
from tests.field_pack.phone import Phone
from tests.field_pack.test_every_change import held_against
from tests.making import a_customer
from webapp.accounts import sessions
from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
WRITERS, EACH = 4, 6
HERE = Path(__file__).parent
fork = multiprocessing.get_context("fork")


def _write(app: Flask, token: str, customer_ids: list[str]) -> None:
    with app.app_context():
        db.engine.dispose(close=False)  # the parent's connections are the parent's
    client = app.test_client()
    client.set_cookie(sessions.COOKIE, token)
    for n in range(EACH):
        for customer_id in customer_ids:
            form = {"submission_id": new_id(), "kind": "note", "text": f"{os.getpid()} {n}"}
            answer = client.post(
                f"/customers/{customer_id}/notes", data=form, headers={"Sec-Fetch-Site": "same-origin"}
            )
            assert answer.status_code == 303


@pytest.mark.slow
def test_no_change_is_lost_while_others_write_at_the_same_moment(app: Flask, cast: SimpleNamespace, client_of):
    with gate.transaction():
        ids = [a_customer(cast.lin, f"Customer {n}").id for n in range(3)]
        token = sessions.begin(cast.lin, "writer")
    phone = Phone(client_of(cast.lin))
    phone.pull()
    db.session.remove()
    writers = [fork.Process(target=_write, args=(app, token, ids)) for _n in range(WRITERS)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        phone.pull()
    assert {writer.exitcode for writer in writers} == {0}
    phone.pull()
    assert not held_against(phone)


@pytest.mark.slow
def test_a_savepoint_that_is_taken_back_takes_nothing_else_with_it(app: Flask, cast: SimpleNamespace, lin):
    with gate.transaction():
        one, other = a_customer(cast.lin, "One"), a_customer(cast.lin, "Other")
    phone = Phone(lin)
    phone.pull()
    with gate.transaction():
        db.session.get_one(Customer, one.id).revise(name="One and only")
        savepoint = db.session.begin_nested()
        db.session.get_one(Customer, other.id).revise(name="Never")
        db.session.flush()
        savepoint.rollback()
    came = phone.pull()
    assert f"/customers/{one.id}" in came.urls and f"/customers/{other.id}" not in came.urls
    assert not held_against(phone)


@pytest.mark.server
def test_all_this_holds_on_postgresql():
    with servers.postgres() as url:
        tests = [
            "test_writers.py",
            "test_pull.py",
            "test_holding.py",
            "test_search_index.py",
            "../outbox/test_beside.py",
        ]
        command = [sys.executable, "-m", "pytest", "-q", "-m", "not server", *(str(HERE / name) for name in tests)]
        done = subprocess.run(
            command, cwd=HERE.parents[1], env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True
        )
    assert done.returncode == 0, done.stdout[-6000:]
