"""A backup that still knows somebody cannot bring him back: the ledger lies beside the data and is replayed."""

import os
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask.testing import FlaskClient

from doors import prepare
from tests.privacy.test_erasure import MARKS, erase, his, left_in  # noqa: F401 (a fixture)
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db
from webapp.privacy import ledger
from webapp.privacy.models import Erasure


def run(app: Flask, *words: object) -> None:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=[str(word) for word in words])
    assert result.exit_code == 0, result.output
    db.session.rollback()


def test_who_was_erased_stays_erased(app: Flask, lin: FlaskClient, his: SimpleNamespace, tmp_path: Path):  # noqa: F811
    run(app, "backup", tmp_path / "before.tar.gz")
    erase(lin, his.id)
    assert not any(mark in ledger.path().read_text() for mark in MARKS)
    run(app, "restore", tmp_path / "before.tar.gz", "--yes")
    assert db.session.get(Contact, his.id) is None
    assert db.session.get_one(Customer, his.customer).note == "找［…］"
    assert db.session.query(Erasure).one().finished_at is not None
    assert left_in(app) == []


def test_a_line_that_was_cut_off_is_none_and_costs_no_other(app: Flask, lin: FlaskClient, his: SimpleNamespace):  # noqa: F811
    ledger.path().write_text('{"id": "half')
    erase(lin, his.id)
    assert [line["subject_id"] for line in ledger.lines()] == [his.id]


def test_the_line_is_there_when_the_answer_is_even_if_the_house_stops_then(
    app: Flask,
    lin: FlaskClient,
    his: SimpleNamespace,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setitem(app.extensions, "queue", lambda job_id: None)  # nobody is left to take up what was put off
    erase(lin, his.id)
    assert [line["subject_id"] for line in ledger.lines()] == [his.id]


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the database is a file that is copied here")
@pytest.mark.slow
def test_an_older_database_put_in_by_hand_serves_nobody_who_was_erased(
    app: Flask,
    lin: FlaskClient,
    his: SimpleNamespace,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    with sqlite3.connect(db.engine.url.database) as now, sqlite3.connect(tmp_path / "doorstep.sqlite3") as older:
        now.backup(older)
        head = ScriptDirectory(app.extensions["migrate"].directory).get_current_head()
        older.execute("DROP TABLE IF EXISTS alembic_version")  # left by whoever restored a backup before
        older.execute("CREATE TABLE alembic_version AS SELECT ? AS version_num", (head,))
    erase(lin, his.id)
    shutil.copy(ledger.path(), tmp_path)
    monkeypatch.setenv("DOORSTEP_DATA", str(tmp_path))

    prepare.prepare(empty=True)

    with sqlite3.connect(tmp_path / "doorstep.sqlite3") as served:
        assert served.execute("SELECT count(*) FROM contact WHERE id = ?", (his.id,)).fetchone() == (0,)
        assert not any(mark in "\n".join(served.iterdump()) for mark in MARKS)
