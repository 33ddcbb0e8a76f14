"""Forms are taken only from our own pages, and only from somebody."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.outbox.forms import form, receipts, teams

HERE = "http://localhost"


@pytest.mark.parametrize(
    ("says", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, 403),
        ({"Origin": HERE}, 303),
        ({"Referer": f"{HERE}/teams/new"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "https://evil.example/localhost"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_pages_may_send_forms(admin: FlaskClient, says: dict[str, str], status: int):
    del admin.environ_base["HTTP_SEC_FETCH_SITE"]
    assert admin.post("/teams", data=form(), headers=says).status_code == status
    assert teams() == (["无锡办事处"] if status == 303 else [])


def test_nobody_signed_in_files_nothing(app: Flask, cast: SimpleNamespace):
    answer = app.test_client().post("/teams", data=form(), headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, receipts()) == (401, 0)
