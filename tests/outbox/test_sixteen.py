"""Sixteen processes get the same form at the same moment; one of them files it, fifteen find the receipt."""

import multiprocessing
from collections import Counter
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from webapp.accounts import sessions
from webapp.accounts.models import Team
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.models import Receipt

# forking is what is tested; newer Pythons warn of it where threads run
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")]
SIXTEEN = 16
fork = multiprocessing.get_context("fork")


def _send(
    app: Flask, token: str, forms: list[dict[str, str]], ready: Barrier, answers: "Queue[list[tuple[int, str]]]"
) -> None:
    with app.app_context():
        db.engine.dispose(close=False)  # the parent's connections are the parent's
    client = app.test_client()
    client.set_cookie(sessions.COOKIE, token)
    said = []
    for form in forms:
        ready.wait(30)
        answer = client.post("/teams", data=form, headers={"Sec-Fetch-Site": "same-origin"})
        said.append((answer.status_code, answer.headers.get("Submission-Receipt", "")))
    answers.put(said)


def at_once(app: Flask, admin: object, forms_of: list[list[dict[str, str]]]) -> list[list[tuple[int, str]]]:
    """Each process sends its forms, all beginning each one together; what each was answered."""
    with gate.transaction():
        token = sessions.begin(admin, "sixteen")  # type: ignore[arg-type]
    db.session.remove()
    ready, answers = fork.Barrier(len(forms_of)), fork.Queue()
    runners = [fork.Process(target=_send, args=(app, token, forms, ready, answers)) for forms in forms_of]
    for runner in runners:
        runner.start()
    said = [answers.get(timeout=60) for _each in runners]
    for runner in runners:
        runner.join(30)
    assert {runner.exitcode for runner in runners} == {0}
    return said


def test_one_form_sent_by_sixteen_processes_at_once_is_one_row(app: Flask, cast: SimpleNamespace):
    forms = [{"submission_id": new_id(), "name": f"第{n}队"} for n in range(5)]
    said = at_once(app, cast.admin, [forms] * SIXTEEN)
    assert all(answers == [(303, form["submission_id"]) for form in forms] for answers in said)
    assert sorted(db.session.scalars(select(Team.name).where(Team.name.startswith("第")))) == [f["name"] for f in forms]
    assert {receipt.id for receipt in db.session.scalars(select(Receipt))} == {form["submission_id"] for form in forms}


def test_of_sixteen_different_forms_under_one_id_one_is_filed_and_fifteen_refused(app: Flask, cast: SimpleNamespace):
    id = new_id()
    said = at_once(app, cast.admin, [[{"submission_id": id, "name": f"第{n}队"}] for n in range(SIXTEEN)])
    assert Counter(status for [(status, _receipt)] in said) == {303: 1, 409: 15}
    assert len(list(db.session.scalars(select(Team).where(Team.name.startswith("第"))))) == 1


def test_sixteen_different_forms_at_once_are_sixteen_rows(app: Flask, cast: SimpleNamespace):
    said = at_once(app, cast.admin, [[{"submission_id": new_id(), "name": f"第{n}队"}] for n in range(SIXTEEN)])
    assert {status for [(status, _receipt)] in said} == {303}
    assert len(list(db.session.scalars(select(Team).where(Team.name.startswith("第"))))) == SIXTEEN
