from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.counting import count_queries
from tests.making import PASSWORD
from webapp.accounts import passwords
from webapp.accounts.models import Device, User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate

NEW = "lamp oven tiger"
SAVED = {"name": "林晓岚", "phone": "", "language": "", "scheme": "", "zone": ""}


def change(client: FlaskClient, current: str = PASSWORD, new: str = NEW, again: str | None = None):
    return client.post(
        "/settings/password", data={"current": current, "new": new, "again": new if again is None else again}
    )


def test_lin_keeps_name_phone_language_colours_and_zone(lin: FlaskClient, cast: SimpleNamespace):
    form = {"name": "林岚", "phone": "+86 139-0000 2746", "language": "en", "scheme": "dark", "zone": "Asia/Urumqi"}
    answer = lin.post("/settings", data=form)
    assert (answer.status_code, answer.location) == (303, "/settings")
    lin_now = db.session.get_one(User, cast.lin.id)
    assert (lin_now.name, lin_now.phone, lin_now.language) == ("林岚", "13900002746", "en")
    assert (lin_now.scheme, lin_now.zone) == ("dark", "Asia/Urumqi")
    text = lin.get("/settings").text
    assert '<html lang="en" data-scheme="dark">' in text
    assert "存好了" not in text  # it is said in the language just chosen


def test_what_cannot_be_is_said_beside_its_field_and_everything_typed_stays(lin: FlaskClient, cast: SimpleNamespace):
    answer = lin.post(
        "/settings", data=SAVED | {"name": "", "phone": "call me", "zone": "Mars/Base", "language": "tlh"}
    )
    assert answer.status_code == 422
    for sentence in ("写上名字。", "这不像电话号码。", "没有这个选项"):
        assert sentence in answer.text
    assert 'value="call me"' in answer.text
    assert db.session.get_one(User, cast.lin.id).name == "林晓岚"


def test_a_number_by_which_somebody_else_signs_in_is_taken(lin: FlaskClient, cast: SimpleNamespace):
    with gate.transaction():
        cast.sun.phone = "139 0000 2746"
    answer = lin.post("/settings", data=SAVED | {"phone": "13900002746"})
    assert (answer.status_code, "已经有人用这个号码" in answer.text) == (422, True)
    assert "孙海涛" not in answer.text


@pytest.fixture
def elsewhere(app: Flask, cast: SimpleNamespace, client_of: Callable[..., FlaskClient]) -> FlaskClient:
    """Lin's other device."""
    return client_of(cast.lin)


def test_a_changed_password_signs_the_other_devices_out(
    lin: FlaskClient, elsewhere: FlaskClient, cast: SimpleNamespace
):
    assert change(lin).location == "/settings"
    assert lin.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 303
    assert db.session.get_one(User, cast.lin.id).has_password(NEW)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"current": "wrong"}, "现在的密码不对。"),
        ({"new": "short"}, "太短了"),
        ({"new": "password123"}, "太好猜了"),
        ({"new": "1234567890987"}, "太好猜了"),
        ({"new": "linlinlin-x1"}, "太好猜了"),
        ({"new": "林晓岚是我的"}, "太短了"),
        ({"new": "我叫林晓岚2746呀"}, None),
        ({"again": "something else"}, "两遍不一样。"),
        ({"new": PASSWORD, "again": PASSWORD}, "太好猜了"),
        ({"new": "长" * 300}, "太长了"),
    ],
)
def test_a_bad_change_says_why(lin: FlaskClient, form: dict[str, str], sentence: str | None):
    answer = change(lin, **form)
    if sentence:
        assert (answer.status_code, sentence in answer.text) == (422, True)
        assert form.get("new", NEW) not in answer.text
    else:
        assert answer.status_code == 303


@pytest.mark.slow
def test_guessing_the_current_password_on_an_unlocked_phone_is_limited(lin: FlaskClient):
    for _each in range(10):
        assert change(lin, current="guess").status_code == 422
    assert change(lin).status_code == 429
    clock.freeze(clock.now() + timedelta(minutes=15))
    assert change(lin).status_code == 303


def test_the_usual_passwords_are_refused_and_good_ones_are_not():
    common = [
        "password1234",
        "P@ssw0rd2024",
        "qwertyuiop",
        "iloveyou520",
        "woaini5201314",
        "admin123456",
        "11111111111",
    ]
    common += ["abcabcabcabc", "1q2w3e4r5t6y7u", "19900101199", "zaq12wsxcde", "doorstep-demo", "13900002746"]
    assert [word for word in common if not passwords.fault(word)] == []
    good = ["correct horse", "kx7Rvv2plq", "我的密码是长沙臭豆腐", "tiger-lamp-oven", passwords.one_time()]
    assert [word for word in good if passwords.fault(word, "lin", "林晓岚", "13900002746")] == []


def test_a_password_of_names_and_numbers_of_its_owner_is_refused():
    assert passwords.fault("linxl-13900002746", "linxl", "林晓岚", "139 0000 2746") == passwords.TOO_CLOSE


def test_lin_sees_his_devices_and_which_he_holds(lin: FlaskClient, elsewhere: FlaskClient, zhou: FlaskClient):
    text = lin.get("/settings").text
    assert text.count("登录于") == 2
    assert text.count("这一台</span>") == 1


def test_a_revoked_device_is_out_at_once(lin: FlaskClient, elsewhere: FlaskClient, cast: SimpleNamespace):
    other = db.session.scalars(select(Device).where(Device.user_id == cast.lin.id).order_by(Device.id)).all()[-1]
    assert elsewhere.get("/settings").status_code == 200
    assert lin.post(f"/devices/{other.id}/revocation").location == "/settings"
    assert elsewhere.get("/settings").location == "/sign-in?next=/settings"
    assert lin.get("/settings").status_code == 200


def test_revoking_the_device_in_ones_hand_is_signing_out(lin: FlaskClient):
    mine = db.session.scalar(select(Device.id))
    assert lin.post(f"/devices/{mine}/revocation").location == "/sign-in"
    assert lin.get("/settings").status_code == 303


def test_all_other_devices_at_once(lin: FlaskClient, elsewhere: FlaskClient, zhou: FlaskClient):
    lin.post("/devices/others/revocation")
    assert [client.get("/settings").status_code for client in (lin, elsewhere, zhou)] == [200, 303, 200]


def test_sun_cannot_sign_out_lins_device(
    lin: FlaskClient, cast: SimpleNamespace, client_of: Callable[..., FlaskClient]
):
    lins = db.session.scalar(select(Device.id).where(Device.user_id == cast.lin.id))
    assert client_of(cast.sun).post(f"/devices/{lins}/revocation").status_code == 404
    assert lin.get("/settings").status_code == 200


def test_after_ninety_days_one_signs_in_again(lin: FlaskClient):
    clock.freeze(clock.now() + timedelta(days=89, hours=23))
    assert lin.get("/settings").status_code == 200
    clock.freeze(clock.now() + timedelta(hours=2))
    assert lin.get("/settings").status_code == 303


def test_the_settings_page_asks_the_same_whatever_the_number_of_devices(
    lin: FlaskClient, cast: SimpleNamespace, client_of
):
    with count_queries() as few:
        lin.get("/settings")
    for _each in range(5):
        client_of(cast.lin)
    with count_queries() as many:
        lin.get("/settings")
    assert many.n == few.n


def test_about_says_the_version_and_who_sees_what(lin: FlaskClient, app: Flask):
    assert "0.1.0" in lin.get("/about").text
    assert app.test_client().get("/about").status_code == 200
