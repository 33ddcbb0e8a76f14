from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.push.service import PushService, running
from webapp.foundation import clock, later
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.push import keys
from webapp.push.models import Notice, Subscription


@pytest.fixture
def house_keys(app, tmp_path, monkeypatch):
    """A house that has its keys, and that may push to this machine because it is a test."""
    settings = replace(app.config["SETTINGS"], data=tmp_path, push_loopback=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    return keys.make("mailto:ops@example.com")


@pytest.fixture
def service(house_keys) -> Iterator[PushService]:
    with running(house_keys.public) as service:
        yield service


@pytest.fixture
def phone(service, client_of) -> Callable:
    """A signed-in browser that is told: `phone(cast.zhou, "z1")`."""

    def set_up(user, name: str):
        client = client_of(user)
        assert client.post("/push/subscriptions", data=service.subscribe(name)).status_code == 204
        return client

    return set_up


@pytest.fixture
def notices() -> Callable:
    """(kind, heading as stored, text) of what this person was told, in order."""

    def told(user) -> list[tuple[str, str, str]]:
        mine = select(Notice).where(Notice.user_id == user.id).order_by(Notice.at, Notice.id)
        return [(notice.kind, notice.title, notice.text) for notice in db.session.scalars(mine)]

    return told


@pytest.fixture
def wait() -> Callable:
    """Let time go by and the sweeper do what is due."""

    def go_by(**span: float) -> None:
        from datetime import timedelta

        clock.freeze(clock.now() + timedelta(**span))
        for job_id in later.sweep():
            later.carry_out(job_id)
        db.session.rollback()

    return go_by


@pytest.fixture
def tell() -> Callable:
    """Write a notice, as a room would."""
    from webapp.push.models import notify

    def one(kind, *people, **more):
        with gate.transaction():
            notify(kind, people, **{"url": "/customers", "title": "恒润纺机", **more})
        db.session.rollback()

    return one


@pytest.fixture
def subscriptions() -> Callable:
    return lambda: db.session.scalars(select(Subscription.endpoint)).all()
