"""A house that was restored from a backup, and the phones that send again what the backup lacks: nothing lost, nothing doubled."""

import io
import json
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests import making, servers
from tests.conftest import Browser
from tests.making import a_customer
from tests.outbox.sending import a_photo, an_entry, announced, bring, results, send
from webapp.accounts import sessions
from webapp.accounts.models import Device
from webapp.factory import create_app
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.epoch import epoch
from webapp.foundation.settings import from_environment
from webapp.outbox import gate
from webapp.outbox.durable import durable_for
from webapp.outbox.models import Receipt
from webapp.visits.models import Attachment, Report


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def data(app: Flask) -> Iterator[Path]:
    folder = Path(app.config["SETTINGS"].data)
    yield folder
    (folder / "durable.json").unlink(missing_ok=True)


@pytest.fixture
def customer(cast: SimpleNamespace) -> SimpleNamespace:
    with gate.transaction():
        return SimpleNamespace(id=a_customer(cast.lin).id)


def run(app: Flask, *words: Any) -> Any:
    result = app.test_cli_runner().invoke(args=[str(word) for word in words])
    db.session.rollback()
    return result


class Phone:
    """Keeps what it sent until a backup holds it, and sends it again to a new epoch, as service_worker/outbox.js does."""

    def __init__(self, client: Any, user: Any) -> None:
        self.client, self.user, self.user_id = client, SimpleNamespace(id=user.id), user.id
        self.id, self.seq, self.epoch = new_id(), 0, epoch()
        self.kept: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}

    def write(self, customer: Any, photo: bytes = b"") -> dict[str, Any]:
        self.seq += 1
        entry = an_entry(customer, seq=self.seq, attachments=[announced(photo)] if photo else [])
        self.files |= {about["id"]: photo for about in entry["attachments"]}
        self.kept.append(entry)
        return entry

    def send(self, *entries: dict[str, Any]) -> list[str]:
        told = {"device": self.id, "epoch": self.epoch, "waiting": {"count": len(entries), "oldest": None, "parked": 0}}
        answer = send(self.client, self.user, *entries, **told)
        if answer.json["epoch"] != self.epoch:
            self.epoch = answer.json["epoch"]
            return self.send(*self.kept)
        for entry in entries:
            for about in entry["attachments"]:
                bring(self.client, about, self.files[about["id"]])
        return results(answer)

    def forget_what_is_safe(self) -> None:
        safe = durable_for(self.user_id)[self.id]
        self.kept = [entry for entry in self.kept if entry["seq"] > safe]


def reports() -> int:
    return db.session.scalar(select(func.count()).select_from(Report)) or 0


def whole_trip(app: Flask, phone: Phone, customer: Any, file: Path) -> None:
    """Two reports, one with a photo; a backup; two more; the backup again; and the phone comes by."""
    phone.send(phone.write(customer), phone.write(customer, a_photo()))
    made = run(app, "backup", file)
    assert made.exit_code == 0, made.output
    phone.forget_what_is_safe()
    phone.send(phone.write(customer), phone.write(customer, a_photo("brown")))
    assert reports() == 4
    before = epoch()

    restored = run(app, "restore", file, "--yes")
    assert restored.exit_code == 0, restored.output
    assert (reports(), epoch() != before) == (2, True)

    phone.send(phone.write(customer))
    assert reports() == 5
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 5
    kept = db.session.scalars(select(Attachment)).all()
    assert len(kept) == 2 and all(piece.read() for piece in kept)
    assert set(phone.send(*phone.kept)) == {"duplicate"}


def test_what_came_after_the_backup_is_sent_again_by_the_phone(app, data, lin, cast, customer, tmp_path):
    phone = Phone(lin, cast.lin)
    whole_trip(app, phone, customer, tmp_path / "house.tar.gz")
    assert [entry["seq"] for entry in phone.kept] == [3, 4, 5]


def test_a_second_backup_and_restore_go_as_well(app, data, lin, cast, customer, tmp_path):
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))
    for name in ("one", "two"):
        assert run(app, "backup", tmp_path / f"{name}.tar.gz").exit_code == 0
        assert run(app, "restore", tmp_path / f"{name}.tar.gz", "--yes").exit_code == 0
        assert reports() == 1


def test_what_was_there_before_lies_aside(app, data, lin, cast, customer, tmp_path):
    phone = Phone(lin, cast.lin)
    run(app, "backup", tmp_path / "house.tar.gz")
    phone.send(phone.write(customer, a_photo()))
    output = run(app, "restore", tmp_path / "house.tar.gz", "--yes").output

    aside = max(data.glob("before-restore-*"))
    assert str(aside) in output
    if db.engine.dialect.name == "sqlite":
        with sqlite3.connect(aside / "doorstep.sqlite3") as before:
            assert before.execute("SELECT count(*) FROM report").fetchone() == (1,)
    assert any((aside / "files").rglob("*.jpg"))


def test_a_phone_keeps_a_report_whose_photo_was_still_coming(app, data, lin, cast, customer, tmp_path):
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))
    phone.files = dict.fromkeys((about["id"] for about in phone.write(customer, a_photo())["attachments"]), b"")
    phone.send(*phone.kept, phone.write(customer))

    run(app, "backup", tmp_path / "house.tar.gz")

    assert durable_for(cast.lin.id) == {phone.id: 1}


def test_a_phone_keeps_what_came_after_something_that_it_still_holds(app, data, lin, cast, customer, tmp_path):
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))
    phone.write(customer)  # number 2 stays on the phone
    told = {"device": phone.id, "epoch": phone.epoch, "waiting": {"count": 2, "oldest": None, "parked": 0}}
    send(lin, cast.lin, phone.write(customer), **told)

    run(app, "backup", tmp_path / "house.tar.gz")

    assert durable_for(cast.lin.id) == {phone.id: 1}


def test_a_phone_that_does_not_know_of_the_restore_yet_settles_nothing(app, data, lin, cast, customer, tmp_path):
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))
    phone.epoch = "of-before"
    told = {"device": phone.id, "epoch": phone.epoch, "waiting": {"count": 1, "oldest": None, "parked": 0}}
    send(lin, cast.lin, phone.write(customer), **told)

    run(app, "backup", tmp_path / "house.tar.gz")

    assert durable_for(cast.lin.id) == {phone.id: 1}


@pytest.mark.slow
def test_the_pack_tells_the_phone_what_is_safe(app, data, lin, cast, customer, tmp_path):
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))
    run(app, "backup", tmp_path / "house.tar.gz")

    head = json.loads(lin.get("/field-pack").text.splitlines()[0])
    assert (head["durable"], head["epoch"]) == ({phone.id: 1}, epoch())


def test_without_backups_phones_go_by_their_own_calendar_and_a_new_phone_keeps_everything(
    app, data, lin, cast, customer, tmp_path
):
    assert durable_for(cast.lin.id) == {}
    run(app, "backup", tmp_path / "house.tar.gz")
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))

    assert durable_for(cast.lin.id) == {phone.id: 0}
    assert durable_for(cast.sun.id) == {}
    clock.freeze(clock.now() + timedelta(days=31))
    assert durable_for(cast.lin.id) == {}


def test_the_house_goes_on_while_it_is_backed_up(app, data, lin, cast, customer, tmp_path):
    phone = Phone(lin, cast.lin)
    done = threading.Event()

    def write_on() -> None:
        with app.app_context():
            while not done.is_set():
                phone.send(phone.write(customer))

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for number in range(3):
            assert run(app, "backup", tmp_path / f"{number}.tar.gz").exit_code == 0
    finally:
        done.set()
        writer.join()
    assert reports() == len(phone.kept)
    run(app, "restore", tmp_path / "2.tar.gz", "--yes")
    phone.send(phone.write(customer))
    assert reports() == len(phone.kept) == db.session.scalar(select(func.count()).select_from(Receipt))


def test_everybody_stays_signed_in_unless_asked_otherwise(app, data, lin, cast, tmp_path):
    run(app, "backup", tmp_path / "house.tar.gz")
    run(app, "restore", tmp_path / "house.tar.gz", "--yes")
    assert lin.get("/settings").status_code == 200

    run(app, "restore", tmp_path / "house.tar.gz", "--yes", "--sign-out")
    assert lin.get("/settings").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Device).where(Device.revoked_at.is_(None))) == 0


def test_nothing_happens_without_a_yes(app, data, lin, cast, customer, tmp_path):
    run(app, "backup", tmp_path / "house.tar.gz")
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))
    result = run(app, "restore", tmp_path / "house.tar.gz")

    assert result.exit_code == 1 and "--yes" in result.output
    assert reports() == 1


def rewrite(file: Path, **values: Any) -> None:
    """The same backup with another manifest."""
    with tarfile.open(file) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]
    with tarfile.open(file, "w:gz") as tar:
        for member, content in members:
            if member.name == "manifest.json":
                content = json.dumps({**json.loads(content), **values}).encode()
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize("values", [{"schema": "9999_of_next_year"}, {"format": 2}])
def test_a_backup_of_a_newer_house_is_refused_in_a_sentence(app, data, lin, cast, customer, tmp_path, values):
    file = tmp_path / "house.tar.gz"
    run(app, "backup", file)
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))
    rewrite(file, **values)
    before = epoch()
    result = run(app, "restore", file, "--yes")

    assert result.exit_code == 1 and "newer version" in result.output
    assert (reports(), epoch()) == (1, before)


def test_a_backup_of_another_kind_of_database_is_refused(app, data, cast, tmp_path):
    run(app, "backup", tmp_path / "house.tar.gz")
    rewrite(tmp_path / "house.tar.gz", database="oracle")
    assert "oracle" in run(app, "restore", tmp_path / "house.tar.gz", "--yes").output


@pytest.mark.parametrize(
    "spoil", [lambda b: b[: len(b) // 2], lambda b: b"no tar at all", lambda b: b""], ids=["half", "other", "empty"]
)
def test_a_damaged_backup_changes_nothing(app, data, lin, cast, customer, tmp_path, spoil):
    file = tmp_path / "house.tar.gz"
    run(app, "backup", file)
    file.write_bytes(spoil(file.read_bytes()))
    phone = Phone(lin, cast.lin)
    phone.send(phone.write(customer))
    result = run(app, "restore", file, "--yes")

    assert result.exit_code == 1 and "cannot be read" in result.output
    assert reports() == 1
    assert not list(data.glob(".backup-*"))


def test_a_file_that_wants_to_lie_elsewhere_is_no_backup(app, data, cast, tmp_path):
    file = tmp_path / "house.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        tar.add(__file__, "files/../../outside")
    assert run(app, "restore", file, "--yes").exit_code == 1
    assert not (data.parent / "outside").exists()


def test_the_key_is_in_it_only_if_asked_for_and_nobody_else_may_read_the_file(app, data, cast, tmp_path):
    (data / "secret_key").write_text("of this house")
    run(app, "backup", tmp_path / "without.tar.gz")
    run(app, "backup", tmp_path / "with.tar.gz", "--with-key")

    for name, there in (("without", False), ("with", True)):
        with tarfile.open(tmp_path / f"{name}.tar.gz") as tar:
            assert ("secret_key" in tar.getnames()) is there
        assert (tmp_path / f"{name}.tar.gz").stat().st_mode & 0o077 == 0


def test_a_backup_never_overwrites_another(app, data, cast, tmp_path):
    run(app, "backup", tmp_path / "house.tar.gz")
    result = run(app, "backup", tmp_path / "house.tar.gz")
    assert result.exit_code == 1 and "there already" in result.output


@contextmanager
def office_on_postgres(folder: Path) -> Iterator[tuple[Flask, SimpleNamespace]]:
    with servers.postgres() as url:
        settings = from_environment({"DOORSTEP_DATA": str(folder), "DATABASE_URL": url})
        app = create_app(replace(settings, secret_key="for tests only"))
        app.testing, app.test_client_class = True, Browser
        with app.app_context():
            db.create_all()
            with gate.transaction():
                people = making.the_cast()
            yield app, people
            db.session.remove()
            db.engine.dispose()


@pytest.mark.server
def test_postgresql_is_backed_up_and_restored_too(tmp_path):
    with office_on_postgres(tmp_path / "data") as (app, people):
        with gate.transaction():
            customer = SimpleNamespace(id=a_customer(people.lin).id)
            token = sessions.begin(people.lin, "test")
        client = app.test_client()
        client.set_cookie(sessions.COOKIE, token)
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        phone = Phone(client, people.lin)
        whole_trip(app, phone, customer, tmp_path / "one.tar.gz")

        assert run(app, "backup", tmp_path / "two.tar.gz").exit_code == 0
        assert run(app, "restore", tmp_path / "two.tar.gz", "--yes").exit_code == 0
        assert reports() == 5
        asides = text("SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'before_restore_%'")
        assert db.session.scalar(asides) >= 1
        db.session.rollback()

        spoil(tmp_path / "two.tar.gz")
        result = run(app, "restore", tmp_path / "two.tar.gz", "--yes")
        assert result.exit_code == 1 and "pg_restore" in result.output
        assert reports() == 5


def spoil(file: Path) -> None:
    """A backup that is whole but for its database."""
    with tarfile.open(file) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]
    with tarfile.open(file, "w:gz") as tar:
        for member, content in members:
            content = content[: len(content) // 2] if member.name == "database" else content
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


@pytest.mark.server
def test_a_machine_without_pg_dump_says_what_to_install(tmp_path, monkeypatch):
    from webapp.outbox.backup import postgres

    with office_on_postgres(tmp_path / "data") as (app, _people):
        monkeypatch.setattr(postgres.shutil, "which", lambda *_a, **_k: None)
        result = run(app, "backup", tmp_path / "one.tar.gz")
    assert result.exit_code == 1 and "postgresql-client" in result.output
