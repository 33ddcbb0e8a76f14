"""What an administrator does with an account."""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.accounts.conftest import Knock
from tests.accounts.people import NEW, done, person
from tests.making import a_user
from webapp.accounts.facts import CustomersHandedOver
from webapp.accounts.models import AuditEntry
from webapp.foundation import facts
from webapp.foundation.db import db
from webapp.outbox import gate


def test_a_new_person_gets_a_password_for_one_time_and_chooses_his_own(
    admin: FlaskClient, cast: SimpleNamespace, knock: Knock, stranger: FlaskClient
):
    answer = admin.post("/users", data=NEW | {"team_id": cast.suzhou.id})
    shown = admin.get(answer.location)
    password = re.findall(r'class="spoken">([^<]+)<', shown.text)[1]
    assert shown.headers["Cache-Control"] == "no-store"
    assert password not in admin.get(answer.location).text  # once only
    assert knock("zhengmin", password).status_code == 303
    assert stranger.get("/outbox").location == "/settings/password"
    door = stranger.get("/settings/password").text
    assert 'data-user=""' in door and "登录过期了" not in door
    assert stranger.post("/settings", data={"name": "x"}).status_code == 401
    assert stranger.get("/about").status_code == 200
    assert (
        stranger.post("/settings/password", data={"new": "lamp oven tiger", "again": "lamp oven tiger"}).location == "/"
    )
    assert stranger.get("/outbox").status_code == 200
    assert person("zhengmin").team_id == cast.suzhou.id
    assert done() == [("user_created", "admin")]


def test_a_one_time_password_ends_the_old_one_and_all_sessions(
    admin: FlaskClient, lin: FlaskClient, cast: SimpleNamespace, knock: Knock
):
    answer = admin.post(f"/users/{cast.lin.id}/one-time-password")
    password = re.findall(r'class="spoken">([^<]+)<', admin.get(answer.location).text)[1]
    assert lin.get("/settings").status_code == 303
    assert knock("lin").status_code == 422
    assert knock("lin", password).status_code == 303
    assert done() == [("password_reset", "admin")]


def test_another_administrator_does_not_see_the_password(
    admin: FlaskClient, cast: SimpleNamespace, client_of: Callable[..., FlaskClient]
):
    with gate.transaction():
        second = a_user("second", "admin", None)
    location = admin.post("/users", data=NEW).location
    assert "已经给你看过了" in client_of(second).get(location).text


def test_an_administrator_cannot_lock_himself_out(admin: FlaskClient, cast: SimpleNamespace):
    me = f"/users/{cast.admin.id}"
    answer = admin.post(me, data={"name": "管理员", "username": "admin", "role": "rep"})
    assert (answer.status_code, "自己的管理员角色" in answer.text) == (422, True)
    assert admin.post(f"{me}/closure").status_code == 403
    assert admin.post(f"{me}/one-time-password").status_code == 403
    assert "停用账号" not in admin.get(me).text


def test_a_closed_account_is_out_at_once_and_comes_back_when_reopened(
    admin: FlaskClient, lin: FlaskClient, cast: SimpleNamespace, knock: Knock
):
    assert lin.get("/settings").status_code == 200
    page = admin.get(admin.post(f"/users/{cast.lin.id}/closure").location).text
    assert f"/users/{cast.lin.id}/handover" in page
    assert lin.get("/settings").status_code == 303
    assert knock("lin").status_code == 422
    admin.post(f"/users/{cast.lin.id}/reopening")
    assert knock("lin").status_code == 303
    assert [action for action, _who in done()] == ["user_disabled", "user_enabled"]


def test_a_lost_phone_is_signed_out_by_the_administrator(
    admin: FlaskClient, lin: FlaskClient, cast: SimpleNamespace, knock: Knock
):
    admin.post(f"/users/{cast.lin.id}/devices/revocation")
    assert lin.get("/settings").status_code == 303
    assert knock("lin").status_code == 303


@pytest.fixture
def heard() -> Iterator[list[CustomersHandedOver]]:
    told: list[CustomersHandedOver] = []
    listeners = facts._listeners[CustomersHandedOver]
    listeners.append(told.append)
    yield told
    listeners.remove(told.append)


def test_handing_over_tells_the_rooms_above(
    admin: FlaskClient, cast: SimpleNamespace, heard: list[CustomersHandedOver]
):
    answer = admin.post(f"/users/{cast.lin.id}/handover", data={"to_id": cast.sun.id})
    assert answer.status_code == 303
    assert heard == [CustomersHandedOver(cast.lin.id, cast.sun.id, cast.admin.id)]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "customers_handed_over")).one()
    assert (entry.subject_id, entry.detail) == (cast.lin.id, {"to_id": cast.sun.id})


def test_customers_are_handed_only_to_somebody_who_is_here(
    admin: FlaskClient, cast: SimpleNamespace, heard: list[CustomersHandedOver]
):
    with gate.transaction():
        cast.sun.disable()
    for to_id in ("", cast.lin.id, cast.sun.id, cast.admin.id, "nobody"):
        assert admin.post(f"/users/{cast.lin.id}/handover", data={"to_id": to_id}).status_code == 422
    assert heard == []
