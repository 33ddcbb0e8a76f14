import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import webapp
from tests.accounts.conftest import Knock
from tests.counting import count_queries
from tests.making import a_user
from webapp.accounts import words
from webapp.accounts.facts import CustomersHandedOver
from webapp.accounts.models import AuditEntry, User
from webapp.foundation import facts
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

NEW = {"name": "郑敏", "username": "zhengmin", "phone": "13700001111", "role": "rep"}


def person(username: str) -> User:
    return db.session.scalars(select(User).where(User.username == username)).one()


def done() -> list[tuple[str, str | None]]:
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.at, AuditEntry.id))
    return [(entry.action, entry.actor.username if entry.actor else None) for entry in entries]


ADMIN_PAGES = [
    "/users",
    "/users/new",
    "/users/{lin}",
    "/users/{lin}/handover",
    "/users/{lin}/one-time-password",
    "/teams",
    "/audit",
]
ADMIN_PAGES += ["/teams/new", "/teams/{suzhou}"]
ADMIN_VERBS = [
    "/users",
    "/users/{lin}",
    "/users/{lin}/one-time-password",
    "/users/{lin}/devices/revocation",
    "/users/{lin}/closure",
]
ADMIN_VERBS += [
    "/users/{lin}/reopening",
    "/users/{lin}/handover",
    "/teams",
    "/teams/{suzhou}",
    "/teams/{suzhou}/removal",
]


@pytest.mark.parametrize("who", ["lin", "zhou", "manager", "director"])
def test_the_administrators_pages_do_not_exist_for_others(
    who: str, cast: SimpleNamespace, client_of: Callable[..., FlaskClient]
):
    client = client_of(getattr(cast, who))
    ids = {"lin": cast.lin.id, "suzhou": cast.suzhou.id}
    assert {client.get(path.format(**ids)).status_code for path in ADMIN_PAGES} == {404}
    assert {client.post(path.format(**ids), data=NEW).status_code for path in ADMIN_VERBS} == {404}
    assert done() == []


def test_the_administrator_opens_all_of_them(admin: FlaskClient, cast: SimpleNamespace):
    ids = {"lin": cast.lin.id, "suzhou": cast.suzhou.id}
    assert {admin.get(path.format(**ids)).status_code for path in ADMIN_PAGES} == {200}
    assert admin.get(f"/users/{new_id()}").status_code == 404
    assert admin.get(f"/teams/{new_id()}").status_code == 404


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


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "写上名字。"),
        ({"username": ""}, "写上用户名。"),
        ({"username": "9lives"}, "用户名要小写字母开头"),
        ({"username": "郑敏"}, "用户名要小写字母开头"),
        ({"username": "LIN"}, "已经有人叫这个用户名。"),
        ({"phone": "139 0000 2746"}, "已经有人用这个号码登录。"),
        ({"role": "emperor"}, "没有这个选项"),
        ({"role": ""}, "选一个"),
        ({"team_id": "nowhere"}, "没有这个选项"),
        ({"name": "长" * 65}, "太长了"),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_made(
    admin: FlaskClient, cast: SimpleNamespace, wrong: dict[str, str], sentence: str
):
    with gate.transaction():
        cast.lin.phone = "13900002746"
    answer = admin.post("/users", data=NEW | wrong)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert db.session.scalar(select(User).where(User.phone == "13700001111")) is None


def test_a_person_changes_name_role_and_team(admin: FlaskClient, cast: SimpleNamespace):
    form = {"name": "林主管", "username": "lin", "phone": "", "role": "supervisor", "team_id": cast.nanjing.id}
    assert admin.post(f"/users/{cast.lin.id}", data=form).status_code == 303
    lin = person("lin")
    assert (lin.name, lin.role, lin.team_id) == ("林主管", "supervisor", cast.nanjing.id)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, sorted(entry.detail["fields"])) == ("user_changed", ["name", "role", "team_id"])


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
    assert entry.subject == "林晓岚 → 孙海涛"


def test_customers_are_handed_only_to_somebody_who_is_here(
    admin: FlaskClient, cast: SimpleNamespace, heard: list[CustomersHandedOver]
):
    with gate.transaction():
        cast.sun.disable()
    for to_id in ("", cast.lin.id, cast.sun.id, cast.admin.id, "nobody"):
        assert admin.post(f"/users/{cast.lin.id}/handover", data={"to_id": to_id}).status_code == 422
    assert heard == []


def test_people_are_found_by_name_user_name_and_phone(admin: FlaskClient, cast: SimpleNamespace):
    with gate.transaction():
        cast.lin.phone = "139 0000 2746"
        cast.sun.disable()

    def found(query: str) -> list[str]:
        return re.findall(r'<h3><a href="/users/[^"]+">([^<]+)</a>', admin.get(f"/users?{query}").text)

    assert found("q=晓") == found("q=LIN") == found("q=2746") == found("q=13900002746") == ["林晓岚"]
    assert found("q=%25") == found("q=_") == []
    assert found("role=supervisor") == ["周建国"]
    assert found("state=off") == ["孙海涛"]
    assert sorted(found(f"team={cast.suzhou.id}")) == ["周建国", "林晓岚"]
    assert len(found(f"team={cast.east.id}")) == 5
    assert found("page=99") == []
    assert admin.get("/users?page=x&team=nowhere&role=king").status_code == 200


def test_the_list_of_people_asks_the_same_however_long_it_is(admin: FlaskClient, cast: SimpleNamespace):
    with count_queries() as few:
        admin.get("/users")
    with gate.transaction():
        for n in range(40):
            a_user(f"rep{n}", "rep", cast.nanjing, name=f"业务员{n}")
    with count_queries() as many:
        answer = admin.get("/users")
    assert many.n == few.n
    assert "47个人" in answer.text


def test_every_action_that_any_room_notes_has_a_word():
    rooms = Path(webapp.__file__ or "").parent.rglob("*.py")
    noted = {action for path in rooms for action in re.findall(r'(?<!\w)note\(\s*"(\w+)"', path.read_text())}
    assert noted == set(words.DONE)


def test_the_log_shows_who_did_what_and_can_be_narrowed(app: Flask, admin: FlaskClient, cast: SimpleNamespace):
    admin.post(f"/users/{cast.lin.id}/closure")
    admin.post("/teams", data={"name": "无锡办事处"})
    everything, one = admin.get("/audit").text, admin.get("/audit?action=team_created").text
    assert "停用账号" in everything
    assert "林晓岚 · lin" in everything
    assert "林晓岚 · lin" not in one
    assert "无锡办事处" in one
