"""The cast: lin and sun are reps of the Suzhou office, wu of another team; zhou supervises lin and sun; the director
sees both teams; admin keeps the house. Every test has its own empty database and a clock that can be stopped."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

os.environ["HUEY_IMMEDIATE"] = "1"
os.environ.setdefault("DOORSTEP_DATA", str(Path("/tmp") / f"doorstep-tests-{os.getpid()}"))

from tests import afresh, making
from webapp.accounts import sessions
from webapp.accounts.models import Team, User, audit_lock
from webapp.factory import create_app
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.settings import from_environment
from webapp.outbox import gate

MEMORY = "/dev/shm"
TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


class Browser(FlaskClient):
    """Every request lives in a context of its own, as on a server, and what the test holds is read afresh after it.
    A test that has read something is in nobody's way: its look at the database ends when it asks for a page."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.rollback()
        return answer


def pytest_collection_finish() -> None:
    """What stands now stays: Python's collector looks for rubbish only in what the tests make, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def house_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of that house: in memory where the machine lets us, since every test commits and a disk takes its time."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path_factory.mktemp("data")
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="doorstep-tests-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def house(house_folder: Path) -> Iterator[Flask]:
    """The app, wired once; its database (SQLite, or the one of DATABASE_URL) is emptied for every test."""
    settings = from_environment({"DOORSTEP_DATA": str(house_folder), **_real_servers()})
    app = create_app(replace(settings, secret_key="for tests only"))
    app.testing = True
    app.test_client_class = Browser
    with app.app_context():
        db.drop_all()
        db.create_all()
        with db.engine.begin() as connection:
            audit_lock.lift(connection)  # each test begins with an empty log
    yield app
    with app.app_context():
        db.engine.dispose()


def _real_servers() -> dict[str, str]:
    return {
        name: os.environ[name]
        for name in ("DATABASE_URL", "DOORSTEP_S3_BUCKET", "DOORSTEP_S3_ENDPOINT")
        if name in os.environ
    }


@pytest.fixture
def app(house: Flask) -> Iterator[Flask]:
    clock.freeze(TUESDAY)
    with house.app_context():
        with db.engine.begin() as connection:
            afresh.empty(connection)
        yield house
        db.session.remove()
    clock.freeze(None)


@pytest.fixture
def cast(app: Flask) -> SimpleNamespace:
    """The people, committed: cast.lin, .sun, .wu, .zhou, .manager, .director, .admin and the teams they are in."""
    if not _kept:
        with gate.transaction():
            people = making.the_cast()
        _kept.append(({name: one.id for name, one in vars(people).items()}, afresh.keep()))
        return people
    known, rows = _kept[0]
    afresh.put_back(rows)
    found = {one.id: one for model in (Team, User) for one in db.session.scalars(select(model))}
    db.session.rollback()
    return SimpleNamespace(**{name: found[id] for name, id in known.items()})


_kept: list[tuple[dict[str, str], afresh.Rows]] = []


@pytest.fixture
def client_of(app: Flask) -> Callable[..., FlaskClient]:
    """A browser in which this person is signed in: `client_of(cast.lin).get("/")`."""

    def sign_in(user: object, **headers: str) -> FlaskClient:
        with gate.transaction():
            token = sessions.begin(user, "test")  # type: ignore[arg-type]
        client = app.test_client()
        client.set_cookie(sessions.COOKIE, token)
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = headers.get("language", "zh-CN")
        return client

    return sign_in


@pytest.fixture
def lin(cast: SimpleNamespace, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    return client_of(cast.lin)


@pytest.fixture
def zhou(cast: SimpleNamespace, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    return client_of(cast.zhou)


@pytest.fixture
def customer(cast: SimpleNamespace) -> making.Customer:
    """One of lin's, 恒润纺机; whoever needs more of him has one of his own."""
    with gate.transaction():
        return making.a_customer(cast.lin)
