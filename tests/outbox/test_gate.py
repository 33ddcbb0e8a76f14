"""The gate, seen from outside: the same form twice, another form under its id, a refusal, a stranger's site."""

from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, redirect
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.outbox.forms import form, receipts, teams
from webapp.accounts.models import Team
from webapp.foundation.db import db, new_id
from webapp.outbox.gate import pass_through
from webapp.outbox.models import Receipt


def test_a_form_files_one_row_under_its_own_id_with_a_receipt(admin: FlaskClient, cast: SimpleNamespace):
    sent = form()
    answer = admin.post("/teams", data=sent)
    assert (answer.status_code, answer.headers["Submission-Receipt"]) == (303, sent["submission_id"])
    receipt = db.session.get_one(Receipt, sent["submission_id"])
    assert (receipt.user_id, receipt.path, receipt.location) == (cast.admin.id, "/teams", "/teams")
    assert db.session.get_one(Team, sent["submission_id"]).name == "无锡办事处"


def test_the_same_form_twice_is_one_row_and_the_same_answer(admin: FlaskClient):
    sent = form()
    first, again = admin.post("/teams", data=sent), admin.post("/teams", data=sent)
    assert (again.status_code, again.location) == (first.status_code, first.location)
    assert again.headers["Submission-Receipt"] == first.headers["Submission-Receipt"]
    assert (teams(), receipts()) == (["无锡办事处"], 1)


def test_an_id_is_the_same_in_any_spelling(admin: FlaskClient):
    sent = form()
    admin.post("/teams", data=sent)
    again = admin.post("/teams", data=sent | {"submission_id": sent["submission_id"].upper()})
    assert (again.status_code, teams(), receipts()) == (303, ["无锡办事处"], 1)


def test_the_order_of_fields_does_not_count_but_the_order_of_answers_does(admin: FlaskClient, house: Flask):
    sent = form()
    admin.post("/teams", data=sent)
    assert admin.post("/teams", data=dict(reversed(sent.items()))).status_code == 303
    turned = {"submission_id": new_id(), "name": "次序", "stop": ["1", "2"]}
    assert admin.post("/teams", data=turned).status_code == 303
    assert admin.post("/teams", data=turned | {"stop": ["2", "1"]}).status_code == 409


def test_a_field_cannot_pose_as_two(admin: FlaskClient):
    sent = form(a="1")
    admin.post("/teams", data=sent)
    assert admin.post("/teams", data=form(id=sent["submission_id"], a="1\0b\x002")).status_code == 409


def test_the_same_id_with_other_words_is_refused_and_stores_nothing(admin: FlaskClient):
    sent = form()
    admin.post("/teams", data=sent)
    answer = admin.post("/teams", data=sent | {"name": "常州办事处", "note": "两行\n<b>字"})
    assert (answer.status_code, teams(), receipts()) == (409, ["无锡办事处"], 1)
    assert 'name="name" value="常州办事处"' in answer.text
    assert 'name="note" value="两行\n&lt;b&gt;字"' in answer.text
    assert sent["submission_id"] not in answer.text


def test_what_was_refused_so_can_be_filed_as_a_new_one(admin: FlaskClient):
    sent = form()
    admin.post("/teams", data=sent)
    answer = admin.post("/teams", data=sent | {"name": "常州办事处"})
    fresh = answer.text.split('name="submission_id" value="')[1].split('"')[0]
    assert 'action="/teams"' in answer.text
    assert admin.post("/teams", data=sent | {"name": "常州办事处", "submission_id": fresh}).status_code == 303
    assert teams() == ["常州办事处", "无锡办事处"]


def test_the_same_id_for_another_page_is_refused(admin: FlaskClient, cast: SimpleNamespace):
    sent = form()
    admin.post("/teams", data=sent)
    assert admin.post(f"/teams/{cast.suzhou.id}", data=sent).status_code == 409
    assert db.session.get_one(Team, cast.suzhou.id).name == "苏州办事处"


def test_files_count_too_and_it_is_said_that_they_cannot_be_kept(admin: FlaskClient):
    def with_photo(content: bytes, id: str) -> dict[str, object]:
        return form(id=id) | {"photo": (BytesIO(content), "door.jpg")}

    id = new_id()
    assert admin.post("/teams", data=with_photo(b"one", id)).status_code == 303
    assert admin.post("/teams", data=with_photo(b"one", id)).status_code == 303
    answer = admin.post("/teams", data=with_photo(b"two", id))
    assert (answer.status_code, "照片和录音带不过来" in answer.text) == (409, True)


def test_somebody_elses_id_is_refused_without_a_word_about_him(
    admin: FlaskClient, cast: SimpleNamespace, lin: FlaskClient
):
    sent = form()
    admin.post("/teams", data=sent)
    answer = lin.post("/settings", data={"submission_id": sent["submission_id"], "name": "林岚", "zone": ""})
    assert answer.status_code == 409
    assert not {"无锡办事处", "管理员", "/teams", sent["submission_id"]} & set(answer.text.split('"'))
    assert db.session.get_one(type(cast.lin), cast.lin.id).name == "林晓岚"


def test_even_the_very_same_words_under_another_name_are_refused(
    admin: FlaskClient, cast: SimpleNamespace, lin: FlaskClient
):
    """An outbox replayed in another's session must not be filed under the wrong author."""
    sent = {"submission_id": new_id(), "name": "新名字", "zone": ""}
    assert lin.post("/settings", data=sent).status_code == 303
    assert admin.post("/settings", data=sent).status_code == 409
    assert db.session.get_one(type(cast.admin), cast.admin.id).name == "管理员"


def test_a_refused_form_leaves_no_receipt_so_that_it_can_be_mended_under_its_id(admin: FlaskClient):
    sent = form(name="")
    assert (admin.post("/teams", data=sent).status_code, receipts()) == (422, 0)
    assert admin.post("/teams", data=sent | {"name": "无锡办事处"}).status_code == 303
    assert (teams(), receipts()) == (["无锡办事处"], 1)


def test_an_old_form_without_an_id_is_still_taken(admin: FlaskClient):
    assert admin.post("/teams", data={"name": "无锡办事处"}).status_code == 303
    assert (teams(), receipts()) == (["无锡办事处"], 0)


@pytest.mark.parametrize("id", ["", "not-an-id", "0" * 5000, "\0"])
def test_an_id_that_is_none_is_a_broken_form(admin: FlaskClient, id: str):
    assert (admin.post("/teams", data=form() | {"submission_id": id}).status_code, teams()) == (400, [])


def stumble(app: Flask, how: str) -> int:
    """Let a view write a team and then answer as it is told; the status of the answer."""

    def view() -> Any:
        db.session.add(Team(name="半途"))
        db.session.flush()
        if how == "breaks":
            raise RuntimeError("on purpose")
        return ("refused", 422) if how == "refuses" else redirect("/", 303)

    with app.app_context(), app.test_request_context("/", method="POST"):
        return int(pass_through(lambda: app.make_response(view())).status_code)


def test_what_a_view_wrote_before_it_refused_or_broke_is_gone(app: Flask):
    assert stumble(app, "refuses") == 422
    with pytest.raises(RuntimeError):
        stumble(app, "breaks")
    assert list(db.session.scalars(select(Team.name))) == []
    assert stumble(app, "agrees") == 303
    db.session.rollback()
    assert list(db.session.scalars(select(Team.name))) == ["半途"]
