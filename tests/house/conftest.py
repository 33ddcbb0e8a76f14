from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.afresh import Rows
from tests.house import office as furniture
from webapp.accounts import sessions

_kept: list[tuple[SimpleNamespace, Rows]] = []


@pytest.fixture
def office(app: Flask) -> SimpleNamespace:
    """The furnished office (tests/house/office.py); furnished once, laid out afresh for each test."""
    if not _kept:
        made = furniture.furnish()
        _kept.append((made, furniture.keep()))
    made, rows = _kept[0]
    furniture.put_back(rows)
    made.put_back = lambda: furniture.put_back(rows)
    return made


@pytest.fixture
def enter(app: Flask, office: SimpleNamespace) -> Callable[..., FlaskClient]:
    """A browser of one of the office's people, or of nobody: `enter("lin", language="en")`."""

    def open_browser(name: str = "", language: str = "zh-CN") -> FlaskClient:
        client = app.test_client()
        if name:
            client.set_cookie(sessions.COOKIE, office.tokens[name])
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        return client

    return open_browser
