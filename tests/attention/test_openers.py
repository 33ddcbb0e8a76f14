"""Freshest and proven first; what fell flat is not suggested again; who left or refused is left alone."""

import re
from datetime import date

import pytest

from tests import making
from tests.counting import count_queries
from webapp.attention import queries
from webapp.attention.models import AttentionItem, OpenerUse
from webapp.customers.models import HistoryEntry
from webapp.foundation.db import db
from webapp.outbox import gate


@pytest.fixture
def customer(cast):
    with gate.transaction():
        return making.a_customer(cast.lin)


def seen(customer, by, observed, **values):
    with gate.transaction():
        return making.an_attention_item(customer, by, observed, **values)


def used(item, by, *outcomes, **values):
    with gate.transaction():
        for outcome in outcomes:
            db.session.get_one(AttentionItem, item.id).use(outcome, by, **values)


def begin_with(customer, most=3):
    return [item.observed for item in queries.openers(customer.id, most)]


def test_the_proven_come_first_then_the_freshest(customer, cast):
    seen(customer, cast.lin, "old", noticed_on=date(2026, 9, 1))
    seen(customer, cast.lin, "fresh", noticed_on=date(2026, 11, 20))
    once = seen(customer, cast.lin, "once", noticed_on=date(2026, 10, 1))
    twice = seen(customer, cast.lin, "twice", noticed_on=date(2025, 1, 1))
    used(once, cast.lin, "worked")
    used(twice, cast.lin, "worked", "worked")
    assert begin_with(customer, most=4) == ["twice", "once", "fresh", "old"]
    assert begin_with(customer) == ["twice", "once", "fresh"]


def test_what_fell_flat_is_never_suggested_again(customer, cast):
    stocks = seen(customer, cast.lin, "stocks")
    used(stocks, cast.lin, "worked", "flat")
    assert begin_with(customer) == []
    whole = queries.items(customer.id)
    assert [item.observed for item in whole.flat] == ["stocks"] and whole.live == []


def test_half_a_success_does_not_redeem_what_fell_flat(customer, cast):
    stocks = seen(customer, cast.lin, "stocks")
    used(stocks, cast.lin, "flat", "half")
    assert begin_with(customer) == []


def test_what_worked_since_is_suggested_again_and_stays_so(customer, cast):
    tea = seen(customer, cast.lin, "tea")
    used(tea, cast.lin, "flat", "worked", "half")
    assert begin_with(customer) == ["tea"]


def test_an_item_that_came_with_a_failure_from_elsewhere_is_not_suggested(customer, cast):
    seen(customer, cast.lin, "stocks", worked=3, flat=1)
    assert begin_with(customer) == []


def test_used_twice_counts_twice_and_each_use_is_kept(customer, cast):
    tea = seen(customer, cast.lin, "tea")
    used(tea, cast.lin, "worked", "worked", "half")
    tea = db.session.get_one(AttentionItem, tea.id)
    assert (tea.worked, tea.half, tea.flat, tea.used) == (2, 1, 0, 3)
    assert db.session.query(OpenerUse).filter_by(item_id=tea.id).count() == 3


def test_without_an_opener_one_begins_with_the_thing_itself(customer, cast):
    seen(customer, cast.lin, "后备箱有钓竿", opener="")
    assert [item.line for item in queries.openers(customer.id)] == ["后备箱有钓竿"]


def test_how_to_reach_somebody_is_respected_not_talked_about(customer, cast):
    seen(customer, cast.lin, "只看微信", category="channel")
    assert begin_with(customer) == [] and queries.items(customer.id).count == 1


@pytest.mark.parametrize("gone", [{"left_at": making.clock.now()}, {"consent": "refused"}])
def test_who_left_or_refused_is_left_alone(customer, cast, gone):
    with gate.transaction():
        person = making.a_contact(customer, **gone)
    seen(customer, cast.lin, "tea", contact_id=person.id)
    assert begin_with(customer) == []


def test_what_was_retired_is_out_of_sight(customer, cast):
    tea = seen(customer, cast.lin, "tea")
    with gate.transaction():
        db.session.get_one(AttentionItem, tea.id).retire()
    assert queries.items(customer.id).count == 0


def test_a_new_opener_starts_with_a_clean_slate_but_a_better_observation_keeps_its_record(customer, cast):
    stocks = seen(customer, cast.lin, "stocks", opener="聊股票")
    used(stocks, cast.lin, "worked", "flat")
    with gate.transaction():
        item = db.session.get_one(AttentionItem, stocks.id)
        item.revise(
            category="hobby", observed="炒股，清仓了", opener="聊股票", contact_id=None, noticed_on=item.noticed_on
        )
    assert begin_with(customer) == []
    with gate.transaction():
        item = db.session.get_one(AttentionItem, stocks.id)
        item.revise(
            category="hobby",
            observed="炒股，清仓了",
            opener="问他现在改玩什么",
            contact_id=None,
            noticed_on=item.noticed_on,
        )
    assert begin_with(customer) == ["炒股，清仓了"]


def test_several_things_of_one_visit_are_told_by_the_visit_itself(customer, cast):
    with gate.transaction():
        for words in ("茶", "字画"):
            item = AttentionItem.notice(customer, cast.lin, "office", words, visit_id=making.new_id())
            item.use("worked", cast.lin, visit_id=item.visit_id)
    assert queries.items(customer.id).count == 2
    assert db.session.query(HistoryEntry).filter_by(customer_id=customer.id, kind="attention").count() == 0


def test_a_list_is_one_query_however_long(customer, cast):
    for n in range(12):
        seen(customer, cast.lin, f"thing {n}", contact_id=None)
    customer_id = customer.id
    with count_queries() as counted:
        assert len(queries.openers(customer_id)) == 3
    assert counted.n == 1


def test_how_an_opener_did_is_said_as_of_a_track_a_share_from_five_uses_on_and_each_outcome_counted(
    customer, cast, lin
):
    tea = seen(customer, cast.lin, "tea", opener="带点茶")
    used(tea, cast.lin, *["worked"] * 3, "half")
    assert db.session.get_one(AttentionItem, tea.id).percent is None
    used(tea, cast.lin, "half")
    page = re.sub(r"<[^>]*>|\s", "", lin.get(f"/customers/{customer.id}").text)
    assert "tea灵60%" in page and "灵3一半2没用0" in page
