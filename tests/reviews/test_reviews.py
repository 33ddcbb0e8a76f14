"""A supervisor signs off what was seen, and nothing else."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.making import a_customer, a_report
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.models import Receipt
from webapp.push.models import Notice
from webapp.reviews import queries
from webapp.reviews.models import Comment, Opening, Review
from webapp.visits.models import DailyReport, DayPlan

DAY = date(2026, 11, 24)


@pytest.fixture
def handed_in(cast: SimpleNamespace, lin) -> DailyReport:
    with gate.transaction():
        a_report(a_customer(cast.lin), cast.lin)
    lin.post(f"/days/{DAY}/report", data={"submission_id": new_id(), "insight": "先算停机损失"})
    return db.session.scalar(select(DailyReport))


def sign(client, daily, version=1, verdict="approval", **fields):
    return client.post(
        f"/reviews/daily/{daily.id}/{verdict}", data={"submission_id": new_id(), "version": version, **fields}
    )


def test_zhou_finds_lin_s_day_in_the_queue_and_signs_it_off(zhou, cast, handed_in):
    assert "林晓岚" in zhou.get("/reviews").text

    sign(zhou, handed_in, phrases="心得写得好", text="周四我陪你去")

    assert db.session.get(DailyReport, handed_in.id).state == "approved"
    review = db.session.scalar(select(Review))
    assert (review.version, review.verdict, review.comment) == (1, "approved", "心得写得好；周四我陪你去")
    assert queries.waiting(cast.zhou) == 0


@pytest.mark.parametrize("path", ["/reviews", "/reviews/daily/{}"])
def test_the_page_that_shows_a_version_sends_that_version(zhou, handed_in, path):
    page = zhou.get(path.format(handed_in.id)).text
    [form] = re.findall(rf"(?s)<form[^>]*/reviews/daily/{handed_in.id}/approval.*?</form>", page)

    assert re.findall(r'name="version"[^>]*value="([^"]*)"', form) == ["1"]


def test_a_day_that_changed_meanwhile_gets_no_clean_sign_off(zhou, lin, handed_in):
    lin.post(f"/days/{DAY}/report", data={"submission_id": new_id(), "insight": "改过了"})

    answer = sign(zhou, handed_in, version=1, text="写得好")

    assert answer.location == f"/reviews/daily/{handed_in.id}"
    page = zhou.get(answer.location).text
    assert "现在是第2版" in page and "写得好" in page and "改过了" in page and "先算停机损失" in page
    assert db.session.get(DailyReport, handed_in.id).state == "handed_in"
    assert db.session.scalars(select(Review)).one().is_outdated
    assert (
        db.session.scalars(select(Receipt).where(Receipt.kind == "daily", Receipt.settled_at.is_not(None))).all() == []
    )


def test_both_read_what_had_changed_until_the_new_version_is_signed_off(zhou, lin, cast, handed_in):
    lin.post(f"/days/{DAY}/report", data={"submission_id": new_id(), "insight": "改过了"})
    sign(zhou, handed_in, version=1)

    thread = lin.get(f"/threads/daily/{handed_in.id}").text
    assert "没算数" in thread and "先算停机损失" in thread and "改过了" in thread
    told = select(Notice.user_id).where(Notice.kind == "outdated")
    assert set(db.session.scalars(told)) == {cast.lin.id, cast.zhou.id}

    assert sign(zhou, handed_in, version=2).location == "/reviews"
    assert "再看一眼" not in zhou.get(f"/reviews/daily/{handed_in.id}").text
    assert db.session.get(DailyReport, handed_in.id).state == "approved"


def test_a_return_needs_a_word_why(zhou, handed_in):
    assert sign(zhou, handed_in, verdict="return").status_code == 422
    assert sign(zhou, handed_in, verdict="return", text="宏锦的款没写").status_code == 303
    assert db.session.get(DailyReport, handed_in.id).state == "returned"


def test_opening_it_and_signing_it_moves_lin_s_ticks(zhou, cast, handed_in):
    receipt = select(Receipt).where(Receipt.kind == "daily")
    assert db.session.scalar(receipt).opened_at is None

    zhou.post(f"/reviews/daily/{handed_in.id}/opening")
    zhou.post(f"/reviews/daily/{handed_in.id}/opening")
    sign(zhou, handed_in)

    found = db.session.scalar(receipt)
    assert found.opened_at and found.settled_at and found.verdict == "approved"
    assert len(db.session.scalars(select(Opening)).all()) == 1


def test_nobody_signs_off_his_own_work_or_that_of_another_office(client_of, cast, handed_in):
    for stranger in (cast.lin, cast.sun, cast.wu, cast.admin):
        assert sign(client_of(stranger), handed_in).status_code == 404
    assert db.session.get(DailyReport, handed_in.id).state == "handed_in"


def test_the_director_may_sign_off_too(client_of, cast, handed_in):
    assert sign(client_of(cast.director), handed_in).status_code == 303


def test_lin_reads_what_zhou_said_and_answers(zhou, lin, handed_in):
    url = f"/threads/daily/{handed_in.id}"
    zhou.post(url, data={"submission_id": new_id(), "text": "款要盯紧"})

    assert "款要盯紧" in lin.get(url).text
    assert (
        lin.post(url, data={"submission_id": new_id(), "text": "周四去收"}).location == f"/daily-reports/{handed_in.id}"
    )
    assert {c.text for c in db.session.scalars(select(Comment))} == {"款要盯紧", "周四去收"}


def test_an_empty_comment_is_refused_beside_its_field(lin, handed_in):
    answer = lin.post(f"/threads/daily/{handed_in.id}", data={"submission_id": new_id(), "text": "  "})

    assert answer.status_code == 422 and "写一句再发" in answer.text


def test_a_plan_is_signed_off_with_one_tap(zhou, lin, cast):
    with gate.transaction():
        plan = DayPlan.of(cast.lin, DAY)
        plan.add(a_customer(cast.lin))
    lin.post(f"/days/{DAY}/handing-in", data={"submission_id": new_id()})
    plan = db.session.get(DayPlan, plan.id)

    zhou.post(f"/reviews/plan/{plan.id}/approval", data={"submission_id": new_id(), "version": plan.version})

    assert db.session.get(DayPlan, plan.id).state == "approved"


def test_an_urgent_report_is_on_top_until_it_is_opened(zhou, cast):
    with gate.transaction():
        customer = a_customer(cast.lin, "金禾造纸")
        db.session.flush()  # reports point to customers by id
        report = a_report(customer, cast.lin, is_urgent=True, needs="对方要换货")
    assert [r.id for r in queries.queue(cast.zhou).urgent] == [report.id]
    assert "对方要换货" in zhou.get("/reviews").text

    assert f"/reviews/visit/{report.id}/opening" in zhou.get(f"/reviews/visit/{report.id}").text

    zhou.post(f"/reviews/visit/{report.id}/opening")

    assert queries.queue(cast.zhou).urgent == []


def test_what_zhou_says_about_a_visit_stands_on_its_page_for_both(zhou, lin, cast):
    with gate.transaction():
        customer = a_customer(cast.lin, "金禾造纸")
        db.session.flush()  # reports point to customers by id
        report = a_report(customer, cast.lin, needs="对方要换货")

    answer = zhou.post(f"/threads/visit/{report.id}", data={"submission_id": new_id(), "phrases": "这件我来办"})

    assert "对方要换货" in (page := zhou.get(answer.location).text) and '<p dir="auto">这件我来办' in page
    assert '<p dir="auto">这件我来办' in lin.get(f"/threads/visit/{report.id}").text


def test_a_proposed_level_waits_for_zhou_and_takes_effect_when_he_accepts(zhou, cast):
    with gate.transaction():
        customer = a_customer(cast.lin, level="C")
        db.session.flush()  # the proposal points to the customer by id
        change = customer.propose_level("B", "只差账期", cast.lin)
    assert "只差账期" in zhou.get("/reviews").text

    zhou.post(f"/level-changes/{change.id}/approval", data={"submission_id": new_id(), "then": "/reviews"})

    db.session.refresh(customer)
    assert customer.level == "B"


def test_reps_have_no_queue(lin):
    assert lin.get("/reviews").status_code == 404
