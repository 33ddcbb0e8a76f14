"""Two batches of one phone come beside each other, as long queues do; on SQLite, and (field_pack/test_writers.py) on PostgreSQL."""

import multiprocessing
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.field_pack.phone import Phone
from tests.field_pack.test_every_change import held_against
from tests.making import a_customer
from tests.outbox.sending import an_entry, results, send
from webapp.accounts import sessions
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import Report

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")]
BATCHES, EACH = 4, 5
fork = multiprocessing.get_context("fork")


def _send(app: Flask, token: str, user: Any, device: str, batches: Any, ready: Barrier, said: "Queue[Any]") -> None:
    with app.app_context():
        db.engine.dispose(close=False)  # the parent's connections are the parent's
    client = app.test_client()
    client.set_cookie(sessions.COOKIE, token)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    answers = []
    for batch in batches:
        ready.wait(30)
        answer = send(client, user, *batch, device=device)
        answers.append((answer.status_code, results(answer) if answer.status_code == 200 else answer.text))
    said.put(answers)


def test_both_land_whole_and_the_pack_knows_of_every_report(app: Flask, cast: SimpleNamespace, client_of):
    with gate.transaction():
        customers = [a_customer(cast.lin, f"Customer {n}") for n in range(2 * EACH)]
        token = sessions.begin(cast.lin, "phone")
    halves = [
        [an_entry(one) for one in half for _batch in range(BATCHES)] for half in (customers[::2], customers[1::2])
    ]
    batches = [[half[n::BATCHES] for n in range(BATCHES)] for half in halves]
    phone, lin, device = Phone(client_of(cast.lin)), SimpleNamespace(id=cast.lin.id), new_id()
    phone.pull()
    db.session.remove()
    ready, said = fork.Barrier(2), fork.Queue()
    senders = [fork.Process(target=_send, args=(app, token, lin, device, half, ready, said)) for half in batches]
    for sender in senders:
        sender.start()
    answers = [one for _sender in senders for one in said.get(timeout=120)]
    for sender in senders:
        sender.join(30)
    assert answers == [(200, ["accepted"] * EACH)] * 2 * BATCHES
    assert db.session.scalar(select(func.count()).select_from(Report)) == 2 * BATCHES * EACH
    phone.pull()
    assert not held_against(phone)
