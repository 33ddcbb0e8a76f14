"""What a browser keeps of a person who is signed in."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts.conftest import Knock
from tests.making import PASSWORD
from webapp.accounts import browsers
from webapp.accounts.models import Device
from webapp.foundation.db import db

PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"


def test_the_cookie_lasts_ninety_days_and_no_script_reads_it(knock: Knock):
    cookie = knock("lin").headers["Set-Cookie"]
    assert {"Max-Age=7776000", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    token = cookie.split(";")[0].split("=", 1)[1]
    assert token not in {value for device in db.session.scalars(select(Device)) for value in vars(device).values()}


def test_in_production_the_cookie_is_only_for_https(app: Flask, knock: Knock, production: None):
    assert "Secure" in knock("sun", "correct horse battery").headers["Set-Cookie"].split("; ")


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (PIXEL, "Android · Chrome"),
        (PIXEL.replace("Chrome/126", "XWEB/1 MMWEBSDK MicroMessenger/8.0 Chrome/126"), "Android · WeChat"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "iPhone · Safari",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Windows · Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Linux · Firefox"),
        ("curl/8.5", ""),
    ],
)
def test_a_device_is_called_what_its_owner_would_call_it(said: str, label: str):
    assert browsers.label(said) == label


def test_signing_in_names_the_device(stranger: FlaskClient):
    stranger.post("/sign-in", data={"name": "lin", "password": PASSWORD}, headers={"User-Agent": PIXEL})
    assert db.session.scalar(select(Device.label)) == "Android · Chrome"


def test_signing_in_again_leaves_one_session_in_this_browser(knock: Knock, cast: SimpleNamespace):
    knock("lin")
    knock("sun")
    assert [(d.user_id == cast.sun.id) for d in db.session.scalars(select(Device).where(Device.signed_in()))] == [True]


def test_signing_out_ends_the_session_on_the_server_too(knock: Knock, stranger: FlaskClient):
    token = knock("lin").headers["Set-Cookie"].split(";")[0].split("=", 1)[1]
    assert stranger.post("/sign-out").location == "/sign-in"
    stranger.set_cookie("doorstep", token)
    assert stranger.get("/settings").status_code == 303


def test_signing_out_twice_is_no_trouble(stranger: FlaskClient):
    assert stranger.post("/sign-out").status_code == 303
