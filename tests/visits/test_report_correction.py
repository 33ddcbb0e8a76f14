"""A filed report is a fact: what is put right is a new version, and what it said stays."""

from datetime import date

from sqlalchemy import select

from tests.visits.reporting import form, hand_in, the_report
from webapp.customers.models import Customer, HistoryEntry
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import DailyReport

TODAY = date(2026, 11, 24)


def put_right(client: object, **fields: str) -> object:
    report = the_report()
    step = {"next_on": "pick", "next_pick": str(report.next_step_on)} if report.next_step_on else {}
    data = {"submission_id": new_id(), **step, "next_step": report.next_step, "needs": report.needs, **fields}
    answer = client.post(f"{report.url}/corrections", data=data)
    db.session.expire_all()
    return answer


def customer_of(here: object) -> Customer:
    return db.session.get_one(Customer, here.customer.id, populate_existing=True)


def test_lin_completes_the_sum_that_the_hallway_left_out(lin, here):
    hand_in(lin, here.customer, result="ordered", needs="换两台")
    assert 'name="order"' in lin.get(the_report().url + "/edit").text

    answer = put_right(lin, order="16,500", expense="18")

    assert (answer.status_code, answer.location) == (303, the_report().url)
    report = the_report()
    assert (report.order_cents, report.expense_cents, report.version) == (1650000, 1800, 2)
    assert report.earlier[0]["said"] == {"order_cents": None, "expense_cents": None}
    assert customer_of(here).purchase_count == 1  # it was counted when it was filed
    order = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "order")).one()
    assert order.detail["cents"] == 1650000
    page = lin.get(report.url).text
    assert "更正过" in page
    assert "¥16,500" in page


def test_an_order_that_was_forgotten_counts_as_one(lin, here):
    hand_in(lin, here.customer)

    put_right(lin, order="500")

    assert (the_report().result, customer_of(here).purchase_count, customer_of(here).stage) == ("ordered", 1, "sign")


def test_an_order_cannot_be_put_into_a_visit_that_met_nobody(lin, here):
    hand_in(lin, here.customer, result="absent")

    answer = put_right(lin, order="500")

    assert answer.status_code == 422
    assert "这趟的结果不是下单" in answer.text
    assert the_report().version == 1


def test_a_wrong_collection_is_put_back_and_taken_off_anew(lin, here):
    with gate.transaction():
        here.customer.overdue_cents, here.customer.receivable_cents = 100_000, 500_000
        here.customer.overdue_since = date(2026, 11, 1)
    hand_in(lin, here.customer, collection="3000")
    assert customer_of(here).overdue_cents == 0

    put_right(lin, collection="300")

    customer = customer_of(here)
    assert (customer.overdue_cents, customer.receivable_cents, customer.overdue_since) == (
        70_000,
        470_000,
        date(2026, 11, 1),
    )
    line = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "collection")).one()
    assert line.detail["cents"] == 30_000


def test_what_was_heard_is_replaced_in_the_customers_file(lin, here):
    hand_in(lin, here.customer, needs="换三台", next_on="2026-11-27", next_step="带报价")

    put_right(lin, needs="换两台", next_pick="2026-11-30")

    customer = customer_of(here)
    assert customer.pain == "2026-11-24 换两台"
    assert (customer.next_step, customer.next_step_on) == ("带报价", date(2026, 11, 30))
    assert db.session.scalars(select(HistoryEntry.text).where(HistoryEntry.kind == "visit")).one() == "换两台"


def test_a_correction_without_a_change_is_no_new_version(lin, here):
    hand_in(lin, here.customer, needs="换两台", next_on="2026-11-27", next_step="带报价")

    put_right(lin)

    assert (the_report().version, the_report().earlier) == (1, [])


def test_bad_input_is_said_beside_its_field_and_kept(lin, here):
    hand_in(lin, here.customer)

    answer = put_right(lin, expense="-3", needs="长" * 2001, insight="身份证11010519491231002X")

    assert answer.status_code == 422
    for words in ("金额不能是负数。", "太长了：最多2000字", "这里像有身份证号。", "长" * 2001, 'value="-3"'):
        assert words in answer.text


def test_only_the_author_corrects_and_only_until_the_day_is_signed_off(lin, zhou, cast, here):
    hand_in(lin, here.customer)
    url = the_report().url
    assert zhou.get(url + "/edit").status_code == 404
    assert zhou.post(url + "/corrections", data=form(needs="x")).status_code == 404
    assert "更正" not in zhou.get(url).text

    with gate.transaction():
        db.session.add(DailyReport(id=new_id(), user_id=cast.lin.id, day=TODAY, state="approved", version=1))

    assert lin.get(url + "/edit").status_code == 404
    assert put_right(lin, needs="x").status_code == 404
    assert "更正" not in lin.get(url).text
