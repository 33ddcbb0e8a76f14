from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.counting import count_queries
from webapp.accounts.access import may_see
from webapp.accounts.leaders import supervisors_of
from webapp.accounts.models import Team, User
from webapp.accounts.models.team import DEEPEST
from webapp.foundation.db import db, new_id
from webapp.outbox import gate


def team(name: str) -> Team:
    return db.session.scalars(select(Team).where(Team.name == name)).one()


def test_a_team_is_made_under_another(admin: FlaskClient, cast: SimpleNamespace):
    answer = admin.post("/teams", data={"name": "无锡办事处", "region": "苏南", "parent_id": cast.east.id})
    assert answer.location == "/teams"
    made = team("无锡办事处")
    assert (made.region, made.parent_id, made.path) == ("苏南", cast.east.id, f"{cast.east.path}{made.id}/")
    text = admin.get("/teams").text
    assert text.index("华东区") < text.index("无锡办事处")


def test_zhou_sees_a_branch_as_soon_as_it_hangs_under_his(admin: FlaskClient, cast: SimpleNamespace):
    assert not may_see(cast.zhou, cast.wu.id)
    admin.post(f"/teams/{cast.nanjing.id}", data={"name": "南京办事处", "region": "苏北", "parent_id": cast.suzhou.id})
    assert may_see(db.session.get_one(User, cast.zhou.id), cast.wu.id)
    assert [user.username for user in supervisors_of(db.session.get_one(User, cast.wu.id))] == ["zhou"]


def test_who_led_the_old_place_no_longer_sees_what_moved_away(admin: FlaskClient, cast: SimpleNamespace):
    assert may_see(cast.director, cast.lin.id)
    admin.post(f"/teams/{cast.suzhou.id}", data={"name": "苏州办事处", "region": "苏南", "parent_id": ""})
    assert not may_see(db.session.get_one(User, cast.director.id), cast.lin.id)


def test_a_move_takes_the_whole_branch_along(admin: FlaskClient, cast: SimpleNamespace):
    with gate.transaction():
        kunshan = Team(db.session.get_one(Team, cast.suzhou.id), name="昆山组")
        db.session.add(kunshan)
        db.session.add(Team(kunshan, name="周市小组"))
    admin.post(f"/teams/{cast.suzhou.id}", data={"name": "苏州办事处", "parent_id": cast.nanjing.id})
    small, group = team("周市小组"), team("昆山组")
    assert group.path == f"{cast.east.path}{cast.nanjing.id}/{cast.suzhou.id}/{group.id}/"
    assert small.path == f"{group.path}{small.id}/"


@pytest.mark.parametrize("under", ["suzhou", "kunshan"])
def test_a_team_cannot_hang_under_itself(admin: FlaskClient, cast: SimpleNamespace, under: str):
    with gate.transaction():
        kunshan = Team(db.session.get_one(Team, cast.suzhou.id), name="昆山组")
        db.session.add(kunshan)
    wish = {"suzhou": cast.suzhou.id, "kunshan": kunshan.id}[under]
    path = cast.suzhou.path
    answer = admin.post(f"/teams/{cast.suzhou.id}", data={"name": "苏州办事处", "parent_id": wish})
    assert (answer.status_code, db.session.get_one(Team, cast.suzhou.id).path) == (422, path)


def test_the_tree_cannot_grow_deeper_than_sense(admin: FlaskClient, cast: SimpleNamespace):
    with gate.transaction():
        above = db.session.get_one(Team, cast.suzhou.id)
        for depth in range(3, DEEPEST + 1):
            above = Team(above, name=f"第{depth}层")
            db.session.add(above)
            db.session.flush()
    assert admin.post("/teams", data={"name": "太深", "parent_id": above.id}).status_code == 422
    assert (
        admin.post(f"/teams/{cast.suzhou.id}", data={"name": "苏州", "parent_id": cast.nanjing.id}).status_code == 422
    )
    assert admin.post("/teams", data={"name": "正好", "parent_id": above.parent_id}).status_code == 303


def test_what_cannot_be_is_said(admin: FlaskClient, cast: SimpleNamespace):
    for form in (
        {"name": ""},
        {"name": "长" * 101},
        {"name": "华东区", "parent_id": ""},
        {"name": "x", "parent_id": new_id()},
    ):
        assert admin.post("/teams", data=form).status_code == 422
    assert len(list(db.session.scalars(select(Team)))) == 3


def test_only_an_empty_team_can_be_deleted(admin: FlaskClient, cast: SimpleNamespace):
    for full in (cast.east, cast.suzhou):
        answer = admin.post(f"/teams/{full.id}/removal")
        assert (answer.status_code, "删不了" in answer.text) == (422, True)
    admin.post("/teams", data={"name": "空的"})
    assert admin.post(f"/teams/{team('空的').id}/removal").status_code == 303
    assert sorted(db.session.scalars(select(Team.name))) == ["华东区", "南京办事处", "苏州办事处"]


def test_the_tree_asks_the_same_however_large_it_is(admin: FlaskClient, cast: SimpleNamespace):
    with count_queries() as few:
        admin.get("/teams")
    with gate.transaction():
        for n in range(20):
            db.session.add(Team(db.session.get_one(Team, cast.suzhou.id), name=f"第{n}组"))
    with count_queries() as many:
        admin.get("/teams")
    assert many.n == few.n


def test_a_teamless_supervisor_sees_himself_only(cast: SimpleNamespace, client_of: Callable[..., FlaskClient]):
    with gate.transaction():
        cast.zhou.team = None
    assert may_see(cast.zhou, cast.zhou.id)
    assert not may_see(cast.zhou, cast.lin.id)
