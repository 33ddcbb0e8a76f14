"""Four questions on one screen; what is answered lands in the customer's file, with who said it and when."""

from types import SimpleNamespace

import pytest

from tests.counting import count_queries
from tests.making import a_contact, a_customer
from webapp.customers.models import Customer, HistoryEntry
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.models import TalkTrack
from webapp.spin.models import SpinTalk

LISTS: dict = {"industries": [], "stages": [], "levels": [], "personas": [], "next_slugs": []}


@pytest.fixture
def here(cast: SimpleNamespace) -> SimpleNamespace:
    with gate.transaction():
        customer = a_customer(cast.lin, "恒润纺机", industry="纺织", stage="sign", pain="价高")
        db.session.flush()
        chen = a_contact(customer, "陈国栋")
        return SimpleNamespace(id=customer.id, chen=chen.id, path=f"/customers/{customer.id}/spin")


def a_track(by, **words) -> TalkTrack:
    parts = {
        "pain": "现在用哪家？\n（问两个就够）",
        "selling_point": "停一次少出多少纱？",
        "solution": "不用半夜爬起来，值不值？",
    }
    words = {
        "title": "四问停机",
        "line": "哪台换得最勤？",
        "call_to_action": "先拿一台试。",
        "situation": "spin",
        **parts,
        **words,
    }
    return TalkTrack.write(by, heard="还行", language="zh", product="", **{**LISTS, **words})


def send(client, here, **answers):
    return client.post(here.path, data={"submission_id": new_id(), **answers})


def test_what_he_answers_lands_as_pain_and_need_with_his_name_and_the_day(lin, here):
    answer = send(
        lin,
        here,
        situation="用国产的",
        problem="半夜抱死",
        implication="一回少两吨纱",
        need_payoff="睡个整觉",
        contact_id=here.chen,
    )
    assert (answer.status_code, answer.location) == (303, f"/customers/{here.id}")
    customer = db.session.get_one(Customer, here.id, populate_existing=True)
    assert customer.pain.splitlines() == ["价高", "2026-11-24 半夜抱死；一回少两吨纱（陈国栋）"]
    assert customer.latent_need == "2026-11-24 睡个整觉（陈国栋）"
    entry = db.session.query(HistoryEntry).filter_by(customer_id=here.id, kind="spin").one()
    assert entry.said == "陈国栋 · 用国产的；半夜抱死；一回少两吨纱；睡个整觉"
    card = lin.get(f"/customers/{here.id}").text
    assert "睡个整觉（陈国栋）（11月24日）" in card and "2026-11-24 睡" not in card
    assert "用国产的" in lin.get(f"{here.path}/new").text


def test_the_questions_are_those_of_the_track_that_knows_his_trade_at_any_stage_and_reminders_are_not_said(
    lin, cast, here
):
    with gate.transaction():
        a_track(cast.zhou, title="别的行当", industries=["零售"], line="哪个品没动过？")
        a_track(cast.zhou, industries=["纺织"], stages=["approach"])
    html = lin.get(f"{here.path}/new").text
    assert all(
        said in html
        for said in ("现在用哪家？", "哪台换得最勤？", "停一次少出多少纱？", "值不值？", "先拿一台试。", "四问停机")
    )
    assert "问两个就够" not in html and "哪个品没动过" not in html


def test_without_a_track_of_his_trade_the_questions_suit_anybody_and_name_what_he_buys(lin, here):
    assert "这一块现在用的是哪家？" in lin.get(f"{here.path}/new").text
    with gate.transaction():
        db.session.get_one(Customer, here.id).prefers_product = "6205轴承"
    assert "6205轴承现在用的是哪家？" in lin.get(f"{here.path}/new").text


def test_nothing_answered_is_refused_beside_the_first_question_and_too_much_keeps_what_was_typed(lin, here):
    assert "至少记一句他的回答" in send(lin, here, contact_id=here.chen).text
    answer = send(lin, here, problem="长" * 301)
    assert answer.status_code == 422 and "长" * 301 in answer.text
    assert send(lin, here, problem="抱死", contact_id=new_id()).status_code == 422
    assert db.session.query(SpinTalk).count() == 0


def test_sent_twice_it_is_kept_once(lin, here):
    same = {"submission_id": new_id(), "problem": "抱死"}
    assert [lin.post(here.path, data=same).status_code for _ in range(2)] == [303, 303]
    assert db.session.query(SpinTalk).count() == 1


def test_from_the_report_one_goes_back_to_it_and_nowhere_outside(lin, here):
    then = f"/customers/{here.id}/reports/new"
    assert f"spin/new?then={then}" in lin.get(then).text
    assert send(lin, here, problem="抱死", then=then).location == then
    assert send(lin, here, problem="抱死", then="//evil.example").location == f"/customers/{here.id}"


def test_sun_does_not_find_lin_s_customer(client_of, cast, here):
    assert client_of(cast.sun).get(f"{here.path}/new").status_code == 404


def test_the_card_asks_no_more_the_more_was_answered(lin, cast, here):
    def asked() -> int:
        with count_queries() as queries:
            lin.get(f"{here.path}/new")
        return queries.n

    with gate.transaction():
        a_track(cast.zhou)
    send(lin, here, problem="一", contact_id=here.chen)
    few = asked()
    for n in range(5):
        send(lin, here, problem=f"又{n}", contact_id=here.chen)
    assert asked() == few


def test_when_two_files_become_one_the_answers_go_along(zhou, lin, cast, here):
    send(lin, here, problem="抱死", contact_id=here.chen)
    with gate.transaction():
        other = a_customer(cast.lin, "恒润")
        db.session.flush()
        db.session.get_one(Customer, here.id).merge_into(other, cast.zhou)
        kept = other.id
    assert db.session.query(SpinTalk).one().customer_id == kept
