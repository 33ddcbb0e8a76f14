"""The audit log is only added to, each line holds the one before, and whoever alters one is found out."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from tests.counting import count_queries
from tests.making import a_customer
from webapp.accounts import auditing
from webapp.accounts.models import AuditEntry, audit_lock, note
from webapp.customers import reads
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate


@pytest.fixture
def written(cast: SimpleNamespace) -> int:
    with gate.transaction():
        for n in range(5):
            note("user_changed", cast.lin, n, cast.admin.id, fields=["名字"], at=clock.now())
    return 5


@pytest.fixture
def locked(app: Flask) -> Iterator[None]:
    """As in a real house; the tests' own has an open one, so that it can be emptied."""
    with gate.transaction():
        audit_lock.lay(db.session.connection())
    yield
    with gate.transaction():
        audit_lock.lift(db.session.connection())


def altered(**values: object) -> None:
    with gate.transaction():
        db.session.execute(update(AuditEntry).where(AuditEntry.number == 3).values(**values))


def test_the_log_is_whole_as_it_was_written(written: int):
    verdict = auditing.verify()
    assert (verdict.count, verdict.broken) == (5, None)


@pytest.mark.parametrize(
    "values",
    [
        {"count": 99},
        {"actor_id": None},
        {"action": "user_enabled"},
        {"subject_id": "x"},
        {"detail": {}},
        {"before": "0" * 64},
    ],
)
def test_a_line_that_was_altered_by_hand_is_named(written: int, values: dict[str, object]):
    altered(**values)
    assert auditing.verify().broken == 3


def test_a_line_that_was_taken_out_is_named(written: int):
    with gate.transaction():
        db.session.execute(delete(AuditEntry).where(AuditEntry.number == 2))
    assert auditing.verify().broken == 2


def test_the_database_itself_refuses(written: int, locked: None):
    for statement in (update(AuditEntry).values(count=1), delete(AuditEntry), text("DELETE FROM audit_entry")):
        with pytest.raises(DatabaseError, match=audit_lock.REFUSED), gate.transaction():
            db.session.execute(statement)
    assert auditing.verify().count == 5
    assert auditing.is_locked()


def test_the_command_says_so_and_names_the_line(app: Flask, written: int, locked: None):
    run = app.test_cli_runner().invoke
    assert run(args=["audit", "verify"]).exit_code == 0
    with gate.transaction():
        audit_lock.lift(db.session.connection())
    altered(count=7)
    told = run(args=["audit", "verify"])
    assert (told.exit_code, "3" in told.output) == (1, True)


def test_who_keeps_the_house_reads_narrows_and_proves_it(client_of, cast: SimpleNamespace, written: int):
    admin = client_of(cast.admin)
    assert "林晓岚" in admin.get("/audit").text
    assert (
        "林晓岚"
        in admin.get(f"/audit?subject={cast.lin.id}&actor={cast.admin.id}&since=2026-11-24&until=2026-11-24").text
    )
    assert "还没有记录" in admin.get("/audit?until=2026-11-23").text
    assert admin.get("/audit?since=x&actor=nobody&before=-1").status_code == 200
    assert "5条，一条不差" in admin.get("/audit/proof").text
    altered(count=7)
    assert "第3条对不上" in admin.get("/audit/proof").text


def files_read() -> list[tuple[str | None, str]]:
    found = select(AuditEntry).where(AuditEntry.action == "file_read").order_by(AuditEntry.number)
    return [(entry.actor_id, entry.subject_id) for entry in db.session.scalars(found)]


def test_reading_somebody_elses_file_is_on_record_once_a_day(
    lin: FlaskClient, zhou: FlaskClient, cast: SimpleNamespace
):
    reads._today.clear()
    with gate.transaction():
        file = a_customer(cast.lin, "恒润纺机").id
    for who, path in ((lin, ""), (zhou, ""), (zhou, "/history"), (zhou, "")):
        who.get(f"/customers/{file}{path}").close()
    assert files_read() == [(cast.zhou.id, file)]
    clock.freeze(clock.here() + timedelta(days=1))
    reads._today.clear()
    zhou.get(f"/customers/{file}").close()
    assert files_read() == [(cast.zhou.id, file)] * 2


def test_the_record_costs_the_reader_nothing_of_his_page(zhou: FlaskClient, cast: SimpleNamespace):
    reads._today.clear()
    with gate.transaction():
        file = a_customer(cast.lin, "恒润纺机").id
    with count_queries() as counted:
        answer = zhou.get(f"/customers/{file}")
    assert not any("audit_entry" in statement for statement in counted.statements)
    answer.close()
    assert len(files_read()) == 1
