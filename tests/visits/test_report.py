"""A rep writes a visit report; all that follows from it is done at once, and once."""

from datetime import date, timedelta

from sqlalchemy import select

from tests.visits.reporting import form, hand_in, the_report, the_reports
from webapp.attention.models import AttentionItem, OpenerUse
from webapp.customers.models import Contact, Customer, HistoryEntry
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.facts import _listeners, hears
from webapp.outbox import gate
from webapp.outbox.models import Receipt
from webapp.playbook.models import TrackUse
from webapp.visits.facts import ReportFiled
from webapp.visits.models import CheckIn, DayPlan, Promise, Report

TODAY = date(2026, 11, 24)


def fresh(customer: Customer) -> Customer:
    db.session.expire_all()
    return db.session.get_one(Customer, customer.id)


def count(table: type) -> int:
    return len(db.session.scalars(select(table)).all())


def kinds(customer: Customer) -> list[str]:
    mine = select(HistoryEntry.kind).where(HistoryEntry.customer_id == customer.id)
    return sorted(db.session.scalars(mine))


def the_errors(answer: object) -> str:
    assert answer.status_code == 422
    return answer.text


def test_three_taps_are_a_report(lin, here):
    """Met and purpose are there already; the result is tapped; it is sent."""
    answer = hand_in(lin, here.customer, met=here.chen.id)

    report = the_report()
    assert (answer.status_code, answer.location) == (303, f"/reports/{report.id}")
    assert (report.purpose, report.result, report.day) == ("service", "progress", TODAY)
    assert [person.name for person in report.met] == ["陈国栋"]
    assert "恒润纺机" in lin.get(answer.location).text


def test_sending_it_twice_is_one_report_with_one_promise_one_notice_and_one_use(lin, here):
    said = form(
        track_id=here.track.id,
        track_outcome="worked",
        promises_0_text="周五带报价",
        seen_0_category="desk",
        seen_0_observed="台历",
        openers_0_item_id=here.opener.id,
        openers_0_outcome="half",
        order="5000",
    )
    url = f"/customers/{here.customer.id}/reports"

    first, second = lin.post(url, data=said), lin.post(url, data=said)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert [count(table) for table in (Report, Promise, TrackUse, OpenerUse)] == [1, 1, 1, 1]
    assert count(AttentionItem) == 2  # the one that was there, and this one
    assert fresh(here.customer).purchase_count == 1
    assert db.session.get_one(Receipt, the_report().id).title == "恒润纺机"


def test_the_second_purchase_raises_the_level_by_itself(lin, here):
    hand_in(lin, here.customer, order="16,500")
    assert fresh(here.customer).level == "C"

    hand_in(lin, here.customer, order="8000")

    customer = fresh(here.customer)
    assert (customer.level, customer.purchase_count, customer.stage) == ("B", 2, "sign")


def test_an_order_sets_the_result_and_cannot_stand_beside_a_refusal(lin, here):
    hand_in(lin, here.customer, order="1.2万", result=None)
    assert (the_report().result, the_report().order_cents) == ("ordered", 1200000)

    answer = hand_in(lin, here.customer, order="500", result="refused")

    assert "填了订货金额，结果却不是下单。改一处。" in the_errors(answer)


def test_a_collection_reduces_what_is_overdue_but_never_below_nothing(lin, here):
    with gate.transaction():
        here.customer.overdue_cents, here.customer.receivable_cents = 100_000, 500_000
        here.customer.overdue_since = date(2026, 11, 1)

    hand_in(lin, here.customer, collection="3000")

    customer = fresh(here.customer)
    assert (customer.overdue_cents, customer.receivable_cents, customer.overdue_since) == (0, 200_000, None)


def test_who_was_not_there_was_not_contacted_and_what_was_due_stays_due(lin, here):
    with gate.transaction():
        here.customer.plan_next_step("送样品", TODAY)

    hand_in(lin, here.customer, result="absent")

    customer = fresh(here.customer)
    assert (customer.last_contact_at, customer.stage, customer.next_step_on) == (None, "search", TODAY)


def test_what_was_due_is_done_with_the_visit(lin, here):
    with gate.transaction():
        here.customer.plan_next_step("送样品", TODAY)

    hand_in(lin, here.customer)

    assert (fresh(here.customer).next_step, fresh(here.customer).next_step_on) == ("", None)


def test_a_report_that_comes_late_does_not_overwrite_what_is_newer(lin, here):
    hand_in(lin, here.customer, next_on="2026-12-01", next_step="签合同")

    hand_in(
        lin, here.customer, day="2026-11-20", arrived="10:00", left="10:30", next_on="2026-11-23", next_step="送样品"
    )

    customer = fresh(here.customer)
    assert (customer.next_step, customer.next_step_on) == ("签合同", date(2026, 12, 1))
    assert customer.last_contact_at == clock.now()


def test_a_complaint_goes_up_at_once_and_stays_until_the_customer_is_satisfied(lin, here):
    urgent = []
    listener = hears(ReportFiled)(lambda fact: urgent.append(fact.report.is_urgent))
    try:
        hand_in(lin, here.customer, purpose="complaint", needs="十月批次异响，停机两次")
    finally:
        _listeners[ReportFiled].remove(listener)
    assert urgent == [True]
    customer = fresh(here.customer)
    assert (customer.open_complaint, customer.complaint_since) == ("十月批次异响，停机两次", TODAY)

    hand_in(lin, here.customer, purpose="complaint", complaint_settled="y")

    assert fresh(here.customer).open_complaint == ""
    assert not the_reports()[-1].is_urgent


def test_the_form_knows_the_plan_the_check_in_and_whom_one_met(lin, cast, here):
    with gate.transaction():
        plan = DayPlan.of(cast.lin, TODAY)
        stop = plan.add(here.customer, purpose="collection", objective="收回一半")
        db.session.add(CheckIn(id=new_id(), user_id=cast.lin.id, customer_id=here.customer.id, at=clock.now()))
    hand_in(lin, here.customer, met=here.chen.id, purpose="collection", check_in_id="")
    clock.freeze(clock.now() + timedelta(minutes=37))

    page = lin.get(f"/customers/{here.customer.id}/reports/new?stop={stop.id}").text

    assert f'value="{here.chen.id}" checked' in page
    assert f'value="{here.shen.id}" checked' not in page
    assert 'value="collection" checked' in page
    assert "收回一半" in page
    assert 'value="progress" checked' not in page


def test_the_next_step_that_stands_is_there_and_stays(lin, here):
    with gate.transaction():
        here.customer.plan_next_step("签合同", date(2026, 12, 3))

    page = lin.get(f"/customers/{here.customer.id}/reports/new").text
    assert 'value="签合同"' in page
    assert 'value="2026-12-03"' in page

    hand_in(lin, here.customer, next_on="pick", next_pick="2026-12-03", next_step="签合同")
    assert fresh(here.customer).next_step_on == date(2026, 12, 3)


def test_a_promise_can_be_settled_in_the_report(lin, cast, here):
    with gate.transaction():
        promise = Promise.give(here.customer, cast.lin, "带寿命试验报告", due_on=TODAY)

    hand_in(lin, here.customer, settled_0_promise_id=promise.id, settled_0_state="kept")

    assert db.session.get_one(Promise, promise.id, populate_existing=True).state == "kept"


def test_zhou_reads_lins_report_and_wu_does_not_find_it(lin, zhou, cast, here, client_of):
    url = hand_in(lin, here.customer).location

    assert zhou.get(url).status_code == 200
    assert [client_of(cast.wu).get(path).status_code for path in (url, url + "/edit")] == [404, 404]
    assert client_of(cast.wu).post(url + "/corrections", data=form(needs="x")).status_code == 404
    assert client_of(cast.wu).get(f"/customers/{here.customer.id}/reports/new").status_code == 404
    assert hand_in(client_of(cast.wu), here.customer).status_code == 404


def test_lin_reads_what_zhou_wrote_of_her_customer(lin, zhou, here):
    url = hand_in(zhou, here.customer).location

    assert lin.get(url).status_code == 200


def test_the_list_of_reports_is_mine_or_of_those_i_see(lin, zhou, cast, here, client_of):
    hand_in(lin, here.customer, needs="旺季前想先换两台")

    assert "旺季前想先换两台" in lin.get("/reports").text
    assert "旺季前想先换两台" not in zhou.get("/reports").text
    assert "旺季前想先换两台" in zhou.get(f"/reports?person={cast.lin.id}").text
    assert client_of(cast.wu).get(f"/reports?person={cast.lin.id}").status_code == 404
    assert lin.get("/reports?person=nobody").status_code == 404


def test_a_new_person_is_in_the_file_once_even_if_typed_twice(lin, here):
    hand_in(lin, here.customer, met_new="顾姐")
    hand_in(lin, here.customer, met_new="顾姐")

    assert len(db.session.scalars(select(Contact).where(Contact.name == "顾姐")).all()) == 1
    assert [[person.name for person in report.met] for report in the_reports()] == [["顾姐"], ["顾姐"]]


def test_the_history_tells_of_the_visit_in_the_language_of_the_reader(lin, cast, here, client_of):
    hand_in(lin, here.customer, purpose="collection", result="refused", needs="月底才有钱")

    door = f"/customers/{here.customer.id}"
    assert "收款 · 碰钉子 · 月底才有钱" in lin.get(door).text
    assert "Collection · Refused · 月底才有钱" in client_of(cast.lin, language="en").get(door).text
