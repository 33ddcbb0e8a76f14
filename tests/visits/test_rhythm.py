"""The relation sets how often one comes: it says who is due, and warns kindly of whom one has seen just now."""

import re
from datetime import date, timedelta

import pytest

from tests.making import a_customer
from webapp.customers.rhythm import too_soon
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.visits import plan_queries
from webapp.visits.models import DayPlan, Promise

DAY = date(2026, 11, 24)


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def seen(cast, name: str, ago: int, **values):
    """A customer of lin's with whom somebody spoke so many days ago."""
    at = clock.now() - timedelta(days=ago)
    return a_customer(cast.lin, name, last_contact_at=at, **values)


@pytest.mark.parametrize(
    ("relation", "ago", "from_"),
    [("prospect", 3, 4), ("prospect", 7, None), ("intent", 1, 1), ("established", 10, 20), ("just_sold", 0, None)],
)
def test_nobody_is_to_be_seen_more_often_than_his_rhythm_allows(cast, relation, ago, from_):
    with gate.transaction():
        customer = seen(cast, "恒润纺机", ago, relation=relation)
        assert too_soon(customer, DAY) == (from_ and DAY + timedelta(days=from_))


def test_who_was_not_seen_for_as_long_as_his_rhythm_allows_is_proposed(cast):
    with gate.transaction():
        seen(cast, "一月没去", 31, relation="established")
        seen(cast, "上周去过", 5, relation="prospect")
        seen(cast, "约在下月", 31, relation="established", next_step="看机器", next_step_on=DAY + timedelta(days=20))
    here = plan_queries.day_page(cast.lin, DAY, clock.today())
    assert [s.customer.name for s in here.suggestions] == ["一月没去"]


def test_a_neighbour_whom_one_has_just_seen_is_not_proposed_again(cast):
    where = {"latitude": 31.3, "longitude": 120.58}
    with gate.transaction():
        first = a_customer(cast.lin, "恒润纺机", **where)
        seen(cast, "隔壁刚去过", 2, relation="prospect", **where)
        promised = seen(cast, "隔壁答应过", 2, relation="prospect", **where)
        db.session.flush()
        Promise.give(promised, cast.lin, "送样", due_on=DAY)
        DayPlan.of(cast.lin, DAY).add(first)
    here = plan_queries.day_page(cast.lin, DAY, clock.today())
    assert [s.customer.name for s in here.suggestions] == ["隔壁答应过"]


@pytest.fixture
def planned(cast) -> str:
    """lin plans to see one whom she has just seen, and one who asked her to come. The path under which zhou reads it."""
    with gate.transaction():
        plan = DayPlan.of(cast.lin, DAY)
        plan.add(seen(cast, "刚去过", 2, relation="prospect"))
        plan.add(seen(cast, "约好了", 2, relation="prospect", next_step="签字", next_step_on=DAY))
        plan.hand_in("")
        return f"/reviews/plan/{plan.id}"


def test_the_day_says_kindly_whom_one_has_just_seen_and_nothing_of_whom_one_has_a_reason_to_see(lin, cast, planned):
    here = plan_queries.day_page(cast.lin, DAY, clock.today())
    assert [s.reminder.kind for s in here.stops] == ["soon", "step"]
    assert "每周一次，不多打扰：11月29日再去也不迟" in plain(lin.get(f"/days/{DAY}").text)


def test_zhou_reads_it_in_the_plan_he_signs(zhou, planned):
    assert "11月29日再去也不迟" in plain(zhou.get(planned).text)


def test_what_a_level_asks_for_is_one_tap_from_the_card_and_stands_where_it_is_proposed(lin, cast):
    with gate.transaction():
        customer = a_customer(cast.lin, "恒润纺机", level="C")
        path = f"/customers/{customer.id}"
    assert "/levels#level-C" in lin.get(path).text
    assert "卡在一件事上" in lin.get(f"{path}/level").text
    html = lin.get("/levels").text
    assert html.count('id="level-') == 6 and "办完当场约签单。" in html and "每月一次" in html
