"""A backup that still knows somebody cannot bring him back: the ledger lies beside the data and is replayed."""

from pathlib import Path
from types import SimpleNamespace

from flask import Flask
from flask.testing import FlaskClient

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
