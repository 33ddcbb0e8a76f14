"""The queue: what is urgent stands first, and from each thing one goes straight to the next."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.making import a_customer, a_report
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.reviews import queries
from webapp.reviews.missing import missing, twins
from webapp.urgent.models import Complaint, MarketReport, Said
from webapp.visits.daily_figures import figures_of
from webapp.visits.models import DailyReport, DayPlan


@pytest.fixture
def full(cast: SimpleNamespace) -> SimpleNamespace:
    """One of each kind, handed in by lin."""
    with gate.transaction():
        customer = a_customer(cast.lin, "金禾造纸")
        db.session.flush()
        daily = DailyReport.of(cast.lin, clock.today(), new_id())
        daily.hand_in(figures_of(cast.lin, clock.today()), "field", "", "")
        plan = DayPlan.of(cast.lin, clock.today() + timedelta(days=1))
        plan.add(customer)
        plan.hand_in("")
        urgent = a_report(customer, cast.lin, is_urgent=True, competitor_news="降价")
        market = MarketReport.file(cast.lin, None, new_id(), kind="price", what="涨了")
        complaint = Complaint.open(customer, cast.lin, Said("异响"))
    return SimpleNamespace(complaint=complaint, market=market, visit=urgent, plan=plan, daily=daily)


def path(kind, thing):
    return f"/reviews/{kind}/{thing.id}"


def test_the_urgent_comes_first_then_plans_then_days(cast, full):
    assert queries.order(cast.zhou) == [path(kind, thing) for kind, thing in vars(full).items()]
    assert queries.waiting(cast.zhou) == 5


def test_signing_one_leads_straight_to_the_next_and_the_last_back_to_the_queue(zhou, full):
    said = {"submission_id": new_id(), "version": full.plan.version}
    assert zhou.post(path("plan", full.plan) + "/approval", data=said).location == path("daily", full.daily)
    said = {"submission_id": new_id(), "version": full.daily.version}
    assert zhou.post(path("daily", full.daily) + "/approval", data=said).location == "/reviews"


def test_the_number_on_the_tab_stands_on_pages_that_say_no_as_well(zhou, full):
    too_long = {"submission_id": new_id(), "version": full.daily.version, "text": "长" * 2001}
    refused = zhou.post(path("daily", full.daily) + "/approval", data=too_long)
    unknown, not_this_way = zhou.get("/nothing-here"), zhou.get(path("daily", full.daily) + "/approval")
    same_id = {"submission_id": new_id(), "version": full.daily.version, "text": "好"}
    zhou.post(path("daily", full.daily) + "/return", data=same_id)
    other_body = zhou.post(path("daily", full.daily) + "/return", data=same_id | {"text": "不好"})
    for answer, status, n in ((refused, 422, 5), (unknown, 404, 5), (not_this_way, 405, 5), (other_body, 409, 4)):
        assert answer.status_code == status
        tab = re.search(r'<a href="/reviews"[^>]*><svg.*?</a>', answer.text, re.S)
        assert tab and f'<span class="count">{n}<' in tab[0], status


def test_one_tap_in_the_queue_stays_in_the_queue(zhou, full):
    said = {"submission_id": new_id(), "version": full.plan.version, "then": "/reviews"}
    assert zhou.post(path("plan", full.plan) + "/approval", data=said).location == "/reviews"


@pytest.mark.parametrize("then", ["https://elsewhere.example/", "//elsewhere.example", "/sign-out"])
def test_nobody_is_led_out_of_the_house(zhou, full, then):
    said = {"submission_id": new_id(), "version": full.daily.version, "then": then}
    assert zhou.post(path("daily", full.daily) + "/approval", data=said).location == "/reviews"


def test_what_has_been_opened_is_urgent_no_more_but_a_complaint_stays_until_it_is_settled(zhou, cast, full):
    for kind in ("complaint", "market", "visit"):
        assert zhou.get(path(kind, getattr(full, kind))).status_code == 200
        zhou.post(path(kind, getattr(full, kind)) + "/opening")
    assert queries.order(cast.zhou)[0] == path("complaint", full.complaint)
    assert queries.waiting(cast.zhou) == 3


def test_who_owes_a_daily_report_is_named_with_its_days(cast):
    yesterday = clock.today() - timedelta(days=1)
    with gate.transaction():
        customer = a_customer(cast.lin)
        db.session.flush()
        a_report(customer, cast.lin, day=yesterday)
        a_report(customer, cast.lin, day=clock.today())
        a_report(customer, cast.zhou, day=yesterday)
    assert [(one.user.id, one.days) for one in missing(cast.zhou)] == [(cast.lin.id, [yesterday])]


def test_files_of_one_company_are_offered_for_merging(cast, zhou):
    with gate.transaction():
        a_customer(cast.lin, "恒润纺机有限公司")
        a_customer(cast.sun, "恒润纺机")
        a_customer(cast.wu, "恒润纺机")
    assert [{pair.kept.owner.name, pair.other.owner.name} for pair in twins(cast.zhou)] == [{"林晓岚", "孙海涛"}]
    assert "像是同一家" in zhou.get("/reviews").text


def test_a_plan_that_changed_is_told_stop_by_stop(cast, zhou, full):
    seen = full.plan.version
    with gate.transaction():
        plan = db.session.get(DayPlan, full.plan.id)
        plan.revise(plan.stops[0], "14:00", "collection", "先收款")
        plan.hand_in("改到下午")
    page = zhou.post(
        path("plan", full.plan) + "/approval", data={"submission_id": new_id(), "version": seen}, follow_redirects=True
    )
    assert "先收款" in page.text and "改到下午" in page.text
    assert db.session.scalars(select(DayPlan.state)).one() == "handed_in"
