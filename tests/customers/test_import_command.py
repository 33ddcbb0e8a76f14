"""The same import from the command line."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from webapp.customers.importing.models import ImportRun
from webapp.customers.models import Customer
from webapp.foundation.db import db

LISTED = Path(__file__).parent / "files" / "listed_300.csv"


@pytest.fixture
def command(app, cast, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["import-customers", *map(str, words)])


def count(owner):
    return db.session.scalar(select(func.count()).where(Customer.owner_id == owner.id))


@pytest.mark.parametrize("owner", ["lin", "LIN", "林晓岚"])
def test_a_file_is_imported_for_its_owner(command, cast, owner):
    done = command(LISTED, "--owner", owner)
    assert done.exit_code == 0 and "300" in done.output, done.output
    assert count(cast.lin) == 300
    again = command(LISTED, "--owner", owner, "--duplicates", "skip")
    assert again.exit_code == 0 and count(cast.lin) == 300


def test_faulty_rows_are_named(command, cast, tmp_path):
    file = tmp_path / "客户.csv"
    file.write_text("公司名称,等级\n恒润纺机,C\n,B\n远成电机,Z\n", "gb18030")
    done = command(file, "--owner", "lin")
    assert done.exit_code == 0 and "3" in done.stderr and "远成电机" in done.stderr and count(cast.lin) == 1


def test_what_cannot_be_done_is_said_and_nothing_is_stored(command, cast, tmp_path):
    empty, odd = tmp_path / "empty.csv", tmp_path / "odd.csv"
    empty.write_bytes(b"")
    odd.write_text("foo,bar\n1,2\n")
    for words in (
        (empty, "--owner", "lin"),
        (odd, "--owner", "lin"),
        (LISTED, "--owner", "nobody"),
        (LISTED, "--owner", "admin"),
    ):
        done = command(*words)
        assert done.exit_code == 1 and done.stderr.startswith("Error: ") and len(done.stderr) > 10
    assert db.session.scalar(select(func.count()).select_from(ImportRun)) == 0


@pytest.mark.slow
def test_five_thousand_companies_go_in_and_none_is_lost(command, cast, tmp_path):
    heading, *rows = LISTED.read_text("utf-8").splitlines()
    many = [row.replace(",", f",{chr(0x4E00 + n)}", 1) for n in range(19) for row in rows][:5524]
    file = tmp_path / "many.csv"
    file.write_text("\n".join([heading, *many]), "utf-8")
    done = command(file, "--owner", "lin")
    assert done.exit_code == 0 and count(cast.lin) == 5524, done.output
