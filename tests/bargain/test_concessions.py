"""A small step is given at once within one's limit; above it somebody decides who may, about the version that he saw."""

from types import SimpleNamespace

import pytest

from tests.making import a_customer
from webapp.bargain.models import Concession, Limit
from webapp.customers.models import HistoryEntry
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.push.models import Notice


@pytest.fixture
def here(cast: SimpleNamespace) -> str:
    with gate.transaction():
        return a_customer(cast.lin, "恒润纺机").id


def offer(client, customer_id: str, amount: str = "2", **more: str):
    said = {"submission_id": new_id(), "kind": "discount", "amount": amount, "in_return": "date", **more}
    return client.post(f"/customers/{customer_id}/concessions", data=said)


def the_one() -> Concession:
    db.session.expire_all()
    return db.session.query(Concession).one()


def decide(client, verdict: str, version: int, text: str = "") -> object:
    said = {"submission_id": new_id(), "version": str(version), "text": text}
    return client.post(f"/reviews/concession/{the_one().id}/{verdict}", data=said)


def notices(user) -> list[tuple[str, str]]:
    db.session.expire_all()
    return [(one.kind, one.text) for one in db.session.query(Notice).filter_by(user_id=user.id).order_by(Notice.at)]


def test_within_her_limit_lin_gives_it_at_once_and_the_card_and_the_history_say_so(lin, cast, here):
    answer = offer(lin, here, "1.5", what="第一单", return_words="周五签")
    assert (answer.status_code, answer.location, the_one().state) == (303, f"/customers/{here}", "given")
    card = lin.get(f"/customers/{here}").text
    assert "折扣1.5%" in card and "给了" in card and "今天就签：周五签" in card
    assert (
        db.session.query(HistoryEntry).filter_by(kind="concession").one().said == "折扣1.5% · 今天就签 · 第一单 · 给了"
    )
    assert notices(cast.zhou) == []


def test_above_it_zhou_is_told_and_finds_it_in_his_queue(lin, zhou, cast, here):
    offer(lin, here, "4", what="首单")
    assert (the_one().state, notices(cast.zhou)) == ("handed_in", [("concession", "首单")])
    assert "恒润纺机 · 折扣4%" in zhou.get("/reviews").text
    assert "先别答应客户" in lin.get(f"/concessions/{the_one().id}").text


def test_zhou_says_yes_and_lin_is_told(lin, zhou, cast, here):
    offer(lin, here, "4")
    assert decide(zhou, "approval", 1, "换个准日子").status_code == 303
    assert (the_one().state, the_one().reason, the_one().settled_by_id) == ("approved", "换个准日子", cast.zhou.id)
    assert ("approved", "换个准日子") in notices(cast.lin)
    assert "换个准日子" in lin.get(f"/customers/{here}").text
    assert "换个准日子" in lin.get(f"/threads/concession/{the_one().id}").text
    assert "折扣4%" not in zhou.get("/reviews").text


def test_a_no_says_why(lin, zhou, cast, here):
    offer(lin, here, "4")
    assert decide(zhou, "return", 1).status_code == 422
    decide(zhou, "return", 1, "价格守住")
    assert (the_one().state, the_one().reason) == ("returned", "价格守住")
    assert ("returned", "价格守住") in notices(cast.lin)


def test_what_is_beyond_zhou_too_is_for_the_one_above_him(lin, zhou, client_of, cast, here):
    offer(lin, here, "8")
    assert {kind for kind, _text in notices(cast.manager)} == {"concession"}
    refused = decide(zhou, "approval", 1)
    assert refused.status_code == 422 and "超过你能批的数，同意要上一级定。" in refused.text
    assert the_one().state == "handed_in"
    decide(client_of(cast.manager), "approval", 1)
    assert the_one().state == "approved"


def test_a_decision_about_what_was_changed_meanwhile_settles_nothing(lin, zhou, here):
    offer(lin, here, "4")
    again = {"submission_id": new_id(), "kind": "discount", "amount": "5", "in_return": "prepay"}
    lin.post(f"/concessions/{the_one().id}", data=again)
    decide(zhou, "approval", 1)
    assert (the_one().state, the_one().version) == ("handed_in", 2)
    html = zhou.get(f"/reviews/concession/{the_one().id}").text
    assert "折扣4%" in html and "折扣5%" in html


def test_asked_for_less_it_is_hers_to_give_and_withdrawn_it_waits_no_longer(lin, zhou, here):
    offer(lin, here, "4")
    lin.post(
        f"/concessions/{the_one().id}",
        data={"submission_id": new_id(), "kind": "discount", "amount": "1", "in_return": "date"},
    )
    assert the_one().state == "given"
    lin.post(f"/concessions/{the_one().id}/withdrawal", data={"submission_id": new_id()})
    assert the_one().state == "given"
    with gate.transaction():
        the_one().state = "handed_in"
    lin.post(f"/concessions/{the_one().id}/withdrawal", data={"submission_id": new_id()})
    assert the_one().state == "withdrawn" and "恒润" not in zhou.get("/reviews").text


@pytest.mark.parametrize(
    ("kind", "amount", "says"),
    [("discount", "101", "要在0.01和100之间"), ("payment_days", "3.5", "要一个整数"), ("samples", "0", "要在1和1000之间"),
     ("discount", "-1", "要在0和1000000之间"), ("discount", "一点", "这不像一个数"), ("discount", "", "写个数"),
     ("houses", "1", "没有这个选项")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_its_field(lin, here, kind, amount, says):
    answer = offer(lin, here, amount, kind=kind, what="首单")
    assert answer.status_code == 422 and says in answer.text and "首单" in answer.text
    assert db.session.query(Concession).count() == 0


def test_nothing_is_given_for_nothing(lin, here):
    assert "总要换回一样" in offer(lin, here, in_return="").text


def test_the_director_sets_what_each_may_decide_and_nobody_below_may_more(client_of, lin, zhou, cast, here):
    director = client_of(cast.director)
    html = director.get("/settings/concessions").text
    assert 'name="rep-discount" ' in html or 'name="rep-discount"' in html
    numbers = {
        f"{role}-{kind}": str(n)
        for role, limits in Limit.all().items()
        for kind, n in ((k, v // 100) for k, v in limits.items())
    }
    wrong = director.post("/settings/concessions", data={"submission_id": new_id(), **numbers, "rep-discount": "7"})
    assert wrong.status_code == 422 and "不能比下一级还少" in wrong.text
    director.post("/settings/concessions", data={"submission_id": new_id(), **numbers, "rep-discount": "4.5"})
    offer(lin, here, "4.5")
    assert the_one().state == "given" and "折扣4.5%" in lin.get(f"/customers/{here}/concessions/new").text
    assert zhou.get("/settings/concessions").status_code == lin.get("/settings/concessions").status_code == 404


def test_sun_finds_nothing_of_lin_s(lin, client_of, cast, here):
    offer(lin, here, "4")
    sun = client_of(cast.sun)
    assert sun.get(f"/concessions/{the_one().id}").status_code == 404
    assert sun.post(f"/concessions/{the_one().id}/withdrawal", data={"submission_id": new_id()}).status_code == 404
