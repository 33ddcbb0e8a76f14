"""A promise heads the door card until it was kept or broken, whoever gave it."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.counting import count_queries
from tests.making import a_customer
from webapp.customers.models import HistoryEntry
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import Promise
from webapp.visits.promise_queries import open_promises


@pytest.fixture
def promise(cast: SimpleNamespace, here: SimpleNamespace) -> Promise:
    with gate.transaction():
        return Promise.give(here.customer, cast.lin, "带寿命试验报告", due_on=date(2026, 11, 25))


def settle(client: object, promise: Promise, outcome: str, **more: str) -> object:
    data = {"submission_id": new_id(), "outcome": outcome, **more}
    return client.post(f"/promises/{promise.id}/settlement", data=data)


def state(promise: Promise) -> str:
    return db.session.get_one(Promise, promise.id, populate_existing=True).state


def test_lin_promises_and_it_heads_the_list(lin, here):
    answer = lin.post(
        f"/customers/{here.customer.id}/promises",
        data={
            "submission_id": new_id(),
            "text": "周五送样",
            "direction": "ours",
            "due_on": "2026-11-27",
            "contact_id": here.chen.id,
        },
    )

    assert (answer.status_code, answer.location) == (303, f"/customers/{here.customer.id}")
    [promise] = open_promises(here.customer.id)
    assert (promise.text, promise.due_on, promise.contact.name) == ("周五送样", date(2026, 11, 27), "陈国栋")
    assert "周五送样" in lin.get("/promises").text


def test_ours_come_first_then_what_is_due_first_then_what_has_no_day(cast, here):
    with gate.transaction():
        for text, direction, due in (
            ("对方", "theirs", date(2026, 11, 1)),
            ("没说哪天", "ours", None),
            ("周五", "ours", date(2026, 11, 27)),
            ("明天", "ours", date(2026, 11, 25)),
        ):
            Promise.give(here.customer, cast.lin, text, direction, due)

    assert [promise.text for promise in open_promises(here.customer.id)] == ["明天", "周五", "没说哪天", "对方"]


def test_it_stays_until_it_is_kept_and_the_history_knows(lin, here, promise):
    answer = settle(lin, promise, "kept", next="/promises")

    assert (answer.status_code, answer.location) == (303, "/promises")
    assert (state(promise), open_promises(here.customer.id)) == ("kept", [])
    entry = db.session.scalars(
        select(HistoryEntry).where(HistoryEntry.kind == "promise").order_by(HistoryEntry.at.desc())
    ).all()
    assert {one.detail.get("state") for one in entry} == {None, "kept"}
    assert "带寿命试验报告" not in lin.get("/promises").text
    assert "带寿命试验报告" in lin.get("/promises?settled=1").text


def test_it_can_be_broken(lin, promise):
    settle(lin, promise, "broken")

    assert state(promise) == "broken"


def test_what_was_settled_stays_settled(lin, promise):
    settle(lin, promise, "kept")
    settle(lin, promise, "broken")

    assert state(promise) == "kept"


@pytest.mark.parametrize("outcome", ["", "maybe"])
def test_an_answer_that_is_none_is_asked_again(lin, promise, outcome):
    answer = settle(lin, promise, outcome)

    assert answer.status_code == 422
    assert "带寿命试验报告" in answer.text
    assert state(promise) == "open"


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/a\nb"])
def test_the_way_back_stays_in_the_house(lin, here, promise, elsewhere):
    assert settle(lin, promise, "kept", next=elsewhere).location == f"/customers/{here.customer.id}"


def test_wu_cannot_settle_it_and_zhou_can(zhou, cast, promise, client_of):
    assert settle(client_of(cast.wu), promise, "kept").status_code == 404
    assert settle(zhou, promise, "kept").status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "写一下答应了什么。"),
        ({"text": "长" * 301}, "太长了：最多300字，现在有301字。"),
        ({"due_on": "2026-11-23"}, "这个日子已经过了。"),
        ({"due_on": "下周"}, "这不像一个日子"),
        ({"direction": "nobody"}, "没有这个选项"),
        ({"contact_id": "x"}, "没有这个选项"),
        ({"text": "身份证11010519491231002X"}, "这里像有身份证号。"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(lin, here, fields, words):
    data = {"submission_id": new_id(), "text": "周五送样", "direction": "ours", **fields}
    answer = lin.post(f"/customers/{here.customer.id}/promises", data=data)

    assert answer.status_code == 422
    assert words in answer.text
    assert data["text"] in answer.text
    assert data.get("due_on", "") in answer.text
    assert open_promises(here.customer.id) == []


def test_the_list_costs_the_same_with_one_and_with_forty(lin, cast, here, promise):
    lin.get("/promises")
    with count_queries() as few:
        lin.get("/promises")
    with gate.transaction():
        for n in range(40):
            Promise.give(a_customer(cast.lin, f"客户{n}"), cast.lin, f"承诺{n}")

    with count_queries() as many:
        page = lin.get("/promises").text

    assert "承诺39" in page
    assert many.n == few.n
