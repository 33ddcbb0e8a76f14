import re
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.accounts.conftest import Knock
from tests.making import PASSWORD, a_user
from webapp.accounts import browsers, entry
from webapp.accounts.models import Device, SignInAttempt
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate

WRONG = "手机号、用户名或者密码不对。"
PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"


def test_lin_signs_in_by_user_name_and_is_led_on(knock: Knock, stranger: FlaskClient):
    answer = knock("lin", next="/customers?q=wang")
    assert (answer.status_code, answer.location) == (303, "/customers?q=wang")
    assert stranger.get("/settings").status_code == 200


@pytest.mark.parametrize("typed", ["13900002746", "139 0000 2746", "+86 139-0000-2746", "１３９００００２７４６"])
def test_lin_signs_in_by_phone_however_it_is_typed(knock: Knock, cast: SimpleNamespace, typed: str):
    with gate.transaction():
        cast.lin.phone = "139 0000 2746"
    assert knock(typed).status_code == 303


def test_a_number_that_two_people_have_opens_no_door(knock: Knock, cast: SimpleNamespace):
    with gate.transaction():
        cast.lin.phone = cast.sun.phone = "13900002746"
    assert knock("13900002746").status_code == 422


def test_a_number_passed_on_by_a_leaver_is_his_successors(knock: Knock, cast: SimpleNamespace):
    with gate.transaction():
        cast.lin.phone = cast.sun.phone = "13900002746"
        cast.lin.disable()
    assert knock("13900002746").status_code == 303
    assert db.session.scalar(select(Device.user_id)) == cast.sun.id


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(knock: Knock):
    wrong, unknown = knock("lin", "not this one"), knock("nobody", "not this one")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert WRONG in wrong.text
    assert re.sub('maxlength="200" .*value="lin"', "", wrong.text) == re.sub(
        'maxlength="200" .*value="nobody"', "", unknown.text
    )
    assert 'value="lin"' in wrong.text
    assert "not this one" not in wrong.text


def test_an_unknown_name_costs_as_much_work_as_a_known_one(knock: Knock, monkeypatch: pytest.MonkeyPatch):
    """Counted where the hasher is asked, not timed."""
    asked: list[str] = []
    hasher = type(__import__("webapp.accounts.models.user", fromlist=["_hasher"])._hasher)
    verify = hasher.verify
    monkeypatch.setattr(hasher, "verify", lambda self, known, given: asked.append(given) or verify(self, known, given))
    knock("lin", "known")
    knock("nobody", "unknown")
    assert asked == ["known", "unknown"]


def test_nothing_typed_is_said_beside_the_fields(knock: Knock):
    answer = knock("", "")
    assert answer.status_code == 422
    assert "写上手机号或用户名。" in answer.text
    assert "写上密码。" in answer.text


@pytest.mark.parametrize("name", ["\0lin\0x", "😀" * 300, "a" * 20000, "‮nil", "lin' or 1=1 --"])
def test_odd_names_are_simply_wrong(knock: Knock, name: str):
    assert knock(name).status_code == 422


def test_a_disabled_person_stays_outside_and_only_with_his_password_learns_why(knock: Knock, cast: SimpleNamespace):
    with gate.transaction():
        cast.lin.disable()
    assert WRONG in knock("lin", "wrong").text
    answer = knock("lin")
    assert answer.status_code == 422
    assert "停用" in answer.text


def test_ten_wrong_tries_close_a_name_for_a_quarter_of_an_hour(knock: Knock):
    assert {knock("lin", f"try {n}").status_code for n in range(10)} == {422}
    clock.freeze(clock.now() + timedelta(minutes=4))
    closed = knock("lin")
    assert (closed.status_code, closed.headers["Retry-After"]) == (429, "660")
    assert "11分钟后再来" in closed.text
    assert knock("sun").status_code == 303
    clock.freeze(clock.now() + timedelta(minutes=11))
    assert knock("lin").status_code == 303


def test_tries_count_for_the_name_however_it_is_spelt(knock: Knock, cast: SimpleNamespace):
    for n in range(10):
        knock("139 0000 2746" if n % 2 else "13900002746", "wrong", address=f"198.51.100.{n}")
    assert knock("+86 13900002746").status_code == 429


def test_fifty_wrong_tries_close_an_address_for_all_names(knock: Knock):
    with gate.transaction():
        for n in range(50):
            SignInAttempt.failed(f"name{n}", "192.0.2.1")
    assert knock("lin").status_code == 429
    assert knock("lin", address="192.0.2.2").status_code == 303


def test_a_household_of_version_six_is_one_address(knock: Knock):
    with gate.transaction():
        for n in range(50):
            SignInAttempt.failed(f"name{n}", f"2001:db8:0:1::{n:x}")
    assert knock("lin", address="2001:db8:0:1:ffff::1").status_code == 429
    assert knock("lin", address="2001:db8:0:2::1").status_code == 303


def test_the_right_password_forgives_earlier_slips(knock: Knock):
    for _each in range(9):
        knock("lin", "slip")
    assert knock("lin").status_code == 303
    assert knock("lin", "slip").status_code == 422


def test_old_tries_are_swept_out(knock: Knock):
    knock("lin", "wrong")
    clock.freeze(clock.now() + timedelta(minutes=16))
    knock("sun", "wrong")
    assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 2  # sun's name and the address


def test_neither_names_nor_addresses_can_be_read_from_the_tries(knock: Knock):
    knock("lin", "wrong")
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in db.session.scalars(select(SignInAttempt.key)))


ELSEWHERE = ("https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example")


@pytest.mark.parametrize("next_", [*ELSEWHERE, "javascript:alert(1)", "//[", "/\n//evil.example", "", "customers"])
def test_nobody_is_sent_elsewhere_after_signing_in(knock: Knock, next_: str):
    assert knock("lin", next=next_).location == "/"


def test_whoever_is_in_already_is_led_on_too(lin: FlaskClient):
    assert lin.get("/sign-in?next=/settings").location == "/settings"
    assert lin.get("/sign-in?next=//evil.example").location == "/"


def test_a_page_that_needs_a_person_asks_at_the_door_and_remembers_the_way(stranger: FlaskClient):
    assert stranger.get("/settings?x=1").location == "/sign-in?next=/settings?x%3D1"
    assert 'name="next" type="hidden" value="/settings?x=1"' in stranger.get("/sign-in?next=/settings?x%3D1").text


def test_the_cookie_lasts_ninety_days_and_no_script_reads_it(knock: Knock):
    cookie = knock("lin").headers["Set-Cookie"]
    assert {"Max-Age=7776000", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    token = cookie.split(";")[0].split("=", 1)[1]
    assert token not in {value for device in db.session.scalars(select(Device)) for value in vars(device).values()}


def test_in_production_the_cookie_is_only_for_https(app: Flask, knock: Knock, production: None):
    assert "Secure" in knock("sun", "correct horse battery").headers["Set-Cookie"].split("; ")


@pytest.fixture
def production(app: Flask, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.config["SETTINGS"], environment="production", secure_cookies=True)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with gate.transaction():
        cast.sun.set_password("correct horse battery")


def test_the_demo_accounts_open_no_door_in_production(knock: Knock, production: None, cast: SimpleNamespace):
    for name in ("lin", "wu", "zhou", "director", "admin"):
        answer = knock(name)
        assert (answer.status_code, "演示账号" in answer.text) == (422, True)
    assert "演示账号" not in knock("lin", "wrong").text
    assert knock("sun", "correct horse battery").status_code == 303


def test_demo_people_are_one_tap_away_where_they_exist(stranger: FlaskClient, cast: SimpleNamespace):
    with gate.transaction():
        cast.wu.set_password("his own by now")
        a_user("someone", "rep", cast.suzhou, name="路人")
        entry._is_demo.cache_clear()
    text = stranger.get("/sign-in").text
    assert "林晓岚 · 销售员" in text
    assert "吴俊" not in text
    assert "路人" not in text


def test_in_production_no_demo_people_are_offered(stranger: FlaskClient, production: None):
    text = stranger.get("/sign-in").text
    assert "林晓岚" not in text
    assert PASSWORD not in text


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
