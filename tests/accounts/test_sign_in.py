import re
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts.conftest import Knock
from tests.making import PASSWORD, a_user
from webapp.accounts import entry
from webapp.accounts.models import Device
from webapp.foundation.db import db
from webapp.outbox import gate

WRONG = "手机号、用户名或者密码不对。"


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
