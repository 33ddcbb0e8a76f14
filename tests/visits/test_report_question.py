"""The one question of a visit is answered in its report: in one tap, with the report or not at all, whatever became of the page."""

import re
from datetime import timedelta

import pytest

from tests.counting import count_queries
from tests.making import a_contact, a_customer
from tests.outbox.sending import an_entry, results, send
from tests.visits.reporting import hand_in, the_report
from webapp.attention.models import AttentionItem, Confirmation
from webapp.customers.models import HistoryEntry
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import Report

SAID = [["purpose", "service"], ["result", "progress"]]


def bought_long_ago(customer, by, observed="用洛轴的", **values):
    with gate.transaction():
        on = clock.today() - timedelta(days=200)
        return AttentionItem.notice(customer, by, "supplier", observed, noticed_on=on, **values).id


@pytest.fixture
def supplier(here, cast):
    return bought_long_ago(here.customer, cast.lin, contact_id=here.chen.id)


def fact(item_id):
    db.session.expire_all()
    return db.session.get_one(AttentionItem, item_id)


def answers():
    return [(one.outcome, one.visit_id) for one in db.session.query(Confirmation).order_by(Confirmation.at)]


@pytest.mark.parametrize("mode", ["", "?mode=hallway"])
def test_the_report_asks_what_the_door_asks_and_each_answer_says_what_it_is_about(lin, here, supplier, mode):
    page = lin.get(f"/customers/{here.customer.id}/reports/new{mode}").text
    assert page.count("陈国栋还用洛轴的吗？") == 1
    assert re.findall(r'name="asked" id="[^"]*" value="([^"]*)">', page) == [
        f"{answer}.{supplier}" for answer in ("still", "changed", "unsure")
    ]


def test_still_so_is_filed_with_the_visit_and_told_by_it(lin, here, supplier, cast):
    hand_in(lin, here.customer, asked=f"still.{supplier}")
    item, report = fact(supplier), the_report()
    assert answers() == [("still", report.id)]
    assert not item.is_stale and item.confirmed_by_id == cast.lin.id
    assert db.session.query(HistoryEntry).filter_by(kind="attention").count() == 1  # that it was noticed, long ago
    page = lin.get(f"/reports/{report.id}").text
    assert re.search(r"用洛轴的\s*<span class=\"tag tag--door\">还是这样", page)


def test_what_has_changed_may_be_said_anew_in_the_same_report(lin, here, supplier):
    seen = {"seen_0_category": "supplier", "seen_0_observed": "改用国产的", "seen_0_contact_id": here.chen.id}
    hand_in(lin, here.customer, asked=f"changed.{supplier}", **seen)
    assert fact(supplier).retired_at is not None
    card = lin.get(f"/customers/{here.customer.id}").text
    assert "改用国产的" in card and "变了，现在呢" not in card


def test_who_does_not_answer_has_not_been_asked(lin, here, supplier):
    hand_in(lin, here.customer)
    assert answers() == [] and fact(supplier).asked_on is None


def test_the_answer_in_the_hallway_is_the_same(lin, here, supplier):
    hand_in(lin, here.customer, mode="hallway", asked=f"unsure.{supplier}")
    assert answers() == [("unsure", the_report().id)]


def test_a_draft_that_meets_another_question_answers_only_what_it_means(lin, here, supplier, cast):
    """It was written when another fact was asked after; that one is what the answer is about."""
    other = bought_long_ago(here.customer, cast.lin, "用瓦房店的")
    hand_in(lin, here.customer, asked=f"changed.{other}")
    assert fact(other).retired_at and fact(supplier).retired_at is None


@pytest.mark.parametrize("what", ["gone", "foreign", "nonsense"])
def test_what_is_not_there_is_not_answered_and_holds_no_report_up(lin, here, supplier, cast, what):
    foreign = bought_long_ago(here.foreign, cast.wu)
    said = {"gone": f"still.{new_id()}", "foreign": f"still.{foreign}", "nonsense": "still"}[what]
    assert hand_in(lin, here.customer, asked=said).status_code == 303
    assert the_report() and answers() == []


def test_a_refused_report_keeps_the_answer_and_its_question(lin, here, supplier, cast):
    answer = hand_in(lin, here.customer, result=None, asked=f"changed.{supplier}")
    assert answer.status_code == 422 and answers() == []
    assert "陈国栋还用洛轴的吗？" in answer.text
    assert re.search(rf'value="changed\.{supplier}" checked', answer.text)
    again = hand_in(lin, here.customer, result=None)
    assert again.status_code == 422 and "陈国栋还用洛轴的吗？" in again.text


def test_a_correction_leaves_the_answer_as_it_is(lin, here, supplier):
    hand_in(lin, here.customer, asked=f"still.{supplier}")
    answer = lin.post(f"/reports/{the_report().id}/corrections", data={"submission_id": new_id(), "needs": "改一个字"})
    assert answer.status_code == 303
    assert answers() == [("still", the_report().id)]


def test_a_report_that_comes_late_does_not_undo_what_was_found_since(lin, here, supplier, cast):
    """Lin's report of ten o'clock arrives after Zhou's tap of half past ten."""
    written = clock.here() - timedelta(minutes=30)
    with gate.transaction():
        fact(supplier).confirm("still", cast.zhou)
    entry = an_entry(here.customer, fields=[*SAID, ["asked", f"changed.{supplier}"]], made_at=written.isoformat())
    assert results(send(lin, cast.lin, entry)) == ["accepted"]
    item = fact(supplier)
    assert item.retired_at is None and item.confirmed_by_id == cast.zhou.id
    assert {outcome for outcome, _visit in answers()} == {"still", "changed"}
    assert db.session.query(Confirmation).filter_by(outcome="changed").one().at == written


def test_a_week_of_reports_with_answers_arrives_at_once_and_costs_no_more_for_more(lin, cast):
    with gate.transaction():
        many = [a_customer(cast.lin, f"第{n}厂") for n in range(12)]
        for customer in many:
            a_contact(customer)
    asked = {customer.id: bought_long_ago(customer, cast.lin) for customer in many}
    answer = {customer.id: "changed" if n % 2 else "still" for n, customer in enumerate(many)}

    def entries(customers):
        said = {one.id: [*SAID, ["asked", f"{answer[one.id]}.{asked[one.id]}"]] for one in customers}
        return [an_entry(one, seq=seq, fields=said[one.id]) for seq, one in enumerate(customers)]

    few, rest = entries(many[:3]), entries(many[3:])
    with count_queries() as counted_few:
        assert set(results(send(lin, cast.lin, *few))) == {"accepted"}
    with count_queries() as counted:
        assert set(results(send(lin, cast.lin, *rest))) == {"accepted"}
    assert len(answers()) == db.session.query(Report).count() == 12
    assert all((fact(asked[one.id]).retired_at is None) == (answer[one.id] == "still") for one in many)
    assert counted.n <= counted_few.n + 6, counted.statements


def test_one_of_a_batch_cannot_answer_for_anothers_customer(lin, cast, here, supplier):
    with gate.transaction():
        other = a_customer(cast.lin, "宏锦印染")
    wrong = an_entry(other, seq=1, fields=[*SAID, ["asked", f"changed.{supplier}"]])
    right = an_entry(here.customer, seq=2, fields=[*SAID, ["asked", f"still.{supplier}"]])
    assert results(send(lin, cast.lin, wrong, right)) == ["accepted"] * 2
    assert answers() == [("still", right["id"])]


def test_the_likeliest_opener_is_one_tap_and_the_others_wait_behind_their_name(lin, cast, here):
    with gate.transaction():
        AttentionItem.notice(
            here.customer, cast.lin, "hobby", "鱼竿", "问问鱼口", noticed_on=clock.today() - timedelta(9)
        )
    page = lin.get(f"/customers/{here.customer.id}/reports/new").text
    part = page.split('id="openers"')[1].split("</section>")[0]
    first, others = part.split("<details")
    assert here.opener.opener in first and "问问鱼口" in others
