"""The relation sets how often one comes: it says who is due, and warns kindly of whom one has seen just now."""

import re
from datetime import date, timedelta
from itertools import takewhile

import pytest

from tests.field_pack.phone import Phone
from tests.making import a_contact, a_customer
from webapp.customers.rhythm import too_soon
from webapp.field_pack.contents import PLAN
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.visits import plan_queries
from webapp.visits.models import DayPlan, Promise
from webapp.visits.reminders import reminders_for
from webapp.visits.soon import soon

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


def test_until_something_presses_the_form_that_plans_him_says_what_the_plan_would_say(cast):
    """Day by day the same as the reminder under a visit that is planned, whatever comes due first."""
    with gate.transaction():
        due = {"next_step": "看机器", "next_step_on": DAY + timedelta(days=5)}
        quiet = seen(cast, "什么也没有", 10, relation="established")
        born = seen(cast, "快过生日", 10, relation="established")
        a_contact(born, "陈国栋", birthday_month=12, birthday_day=9)
        promised = seen(cast, "答应过", 10, relation="established")
        db.session.flush()
        Promise.give(promised, cast.lin, "送样", due_on=DAY + timedelta(days=7))
        others = [
            seen(cast, "约好了", 10, relation="established", **due),
            seen(cast, "刚买过", 0, relation="just_sold"),
        ]
        others += [seen(cast, "有客诉", 1, open_complaint="漏油"), seen(cast, "没去过", 40), promised, born]
    days = [DAY + timedelta(days=n) for n in range(25)]
    for customer in (quiet, *others):
        said = lambda day, c=customer: getattr(reminders_for([c], day).get(c.id), "kind", "")  # noqa: E731
        wanted = list(takewhile(lambda day, said=said: said(day) == "soon", days))
        until = getattr(soon(customer), "until", DAY)
        assert [day for day in days if day < until] == wanted, customer.name
    assert (soon(quiet).until, soon(born).until, soon(promised).until) == tuple(
        DAY + timedelta(days=n) for n in (20, 8, 5)
    )


@pytest.mark.slow
def test_whoever_plans_him_too_soon_is_told_on_the_form_with_and_without_a_line(lin, cast):
    with gate.transaction():
        customer = seen(cast, "恒润纺机", 3, relation="prospect")
    form = lambda day: plain(lin.get(f"/days/{day}/stops/new?add={customer.id}").text)  # noqa: E731
    told = "刚联系过。每周一次，不多打扰：11月28日再去也不迟"
    assert told in form("2026-11-27")
    assert told not in form("2026-11-28")
    phone = Phone(lin)
    [row] = [line["index"] for line in phone.pull().lines if "index" in line]
    assert row["turn"] == ["2026-11-28", told]
    assert 'data-of="soon"' in phone.pages[PLAN]
