"""People at the door."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.making import PASSWORD
from webapp.outbox import gate

Knock = Callable[..., TestResponse]


@pytest.fixture
def stranger(app: Flask, cast: SimpleNamespace) -> FlaskClient:
    """A browser in which nobody is signed in."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "zh-CN"
    return client


@pytest.fixture
def knock(stranger: FlaskClient) -> Knock:
    """Try to sign in: `knock("lin")`, `knock("lin", "wrong")`."""

    def at_the_door(name: str, password: str = PASSWORD, address: str = "192.0.2.1", **more: str) -> TestResponse:
        form = {"name": name, "password": password, **more}
        return stranger.post("/sign-in", data=form, environ_overrides={"REMOTE_ADDR": address})

    return at_the_door


@pytest.fixture
def admin(cast: SimpleNamespace, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    return client_of(cast.admin)


@pytest.fixture
def production(app: Flask, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The house in earnest, where sun has a password of his own."""
    settings = replace(app.config["SETTINGS"], environment="production", secure_cookies=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with gate.transaction():
        cast.sun.set_password("correct horse battery")
