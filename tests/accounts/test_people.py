import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import webapp
from tests.accounts.people import NEW, done, person
from tests.counting import count_queries
from tests.making import a_user
from webapp.accounts import words
from webapp.accounts.models import AuditEntry, User
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

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
    noted = {action for path in rooms for action in re.findall(r'(?<![\w.])note\(\s*"(\w+)"', path.read_text())}
    assert noted == set(words.DONE)


def test_the_log_shows_who_did_what_and_can_be_narrowed(app: Flask, admin: FlaskClient, cast: SimpleNamespace):
    admin.post(f"/users/{cast.lin.id}/closure")
    admin.post("/teams", data={"name": "无锡办事处"})
    everything, one = admin.get("/audit").text, admin.get("/audit?action=team_created").text
    assert "停用账号" in everything
    assert "林晓岚</a>" in everything
    assert "林晓岚</a>" not in one
    assert "无锡办事处" in one
