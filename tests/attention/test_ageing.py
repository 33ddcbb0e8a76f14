"""A birthday stays, a supplier does not; whoever looks again makes it fresh; and the newest answer counts, however it arrives."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from webapp.attention import ageing, queries, words
from webapp.attention.models import ANSWERS, AttentionItem, Confirmation
from webapp.customers.models import HistoryEntry
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate

JANUARY = date(2026, 1, 10)


def seen(customer, by, observed="用洛轴的轴承", category="supplier", days=0, **values):
    with gate.transaction():
        on = clock.today() - timedelta(days=days)
        return AttentionItem.notice(customer, by, category, observed, noticed_on=on, **values)


def answer(item, by, *answers):
    """Each an outcome and how many minutes before now it was given."""
    for outcome, minutes in answers:
        with gate.transaction(), clock.at_the_time_of(clock.here() - timedelta(minutes=minutes)):
            db.session.get_one(AttentionItem, item.id).confirm(outcome, by)
    return db.session.get_one(AttentionItem, item.id)


def test_every_kind_has_its_age_and_only_an_occasion_has_none():
    assert set(ageing.HALF_LIFE) == set(words.CATEGORIES) == set(words.ICONS)
    assert {kind for kind, days in ageing.HALF_LIFE.items() if days is None} == {"occasion"}
    days = {kind: days or 10_000 for kind, days in ageing.HALF_LIFE.items()}
    assert days["supplier"] < days["desk"] < days["office"] < days["hobby"] < days["admires"]


@pytest.mark.parametrize(
    ("sureness", "days"), [("seen", 90), ("told", 90), ("heard", 54), ("guessed", 31), ("nobody knows", 90)]
)
def test_what_one_only_heard_or_guessed_fades_sooner(sureness, days):
    assert ageing.stale_on("supplier", sureness, JANUARY) == JANUARY + timedelta(days=days)


def test_what_was_looked_at_again_lives_its_whole_life_however_one_came_to_know_it():
    again = date(2026, 3, 1)
    assert ageing.stale_on("supplier", "guessed", JANUARY, again) == again + timedelta(days=90)
    assert ageing.stale_on("supplier", "guessed", again, JANUARY) == again + timedelta(days=31)
    assert ageing.stale_on("occasion", "guessed", JANUARY) is None


def test_a_supplier_of_spring_may_be_out_of_date_in_autumn_and_a_birthday_is_not(customer, cast):
    assert seen(customer, cast.lin, days=90).is_stale and not seen(customer, cast.lin, days=89).is_stale
    assert not seen(customer, cast.lin, "生日八月十五", "occasion", days=4000).is_stale


def test_who_corrects_the_day_or_how_sure_he_is_corrects_its_age(customer, cast):
    item = seen(customer, cast.lin, days=80)
    said = {"category": "supplier", "observed": item.observed, "opener": "", "contact_id": None}
    with gate.transaction():
        db.session.get_one(AttentionItem, item.id).revise(**said, noticed_on=item.noticed_on, sureness="heard")
    assert db.session.get_one(AttentionItem, item.id).is_stale


def test_fresh_stands_before_stale_among_equals_and_no_stale_opener_before_a_fresh_one(customer, cast):
    old = seen(customer, cast.lin, "old", "desk", days=200)
    new = seen(customer, cast.lin, "new", "desk", days=30)
    proven = seen(customer, cast.lin, "proven", "desk", days=300)
    with gate.transaction():
        db.session.get_one(AttentionItem, proven.id).use("worked", cast.lin)
    assert [item.id for item in queries.items(customer.id).live] == [proven.id, new.id, old.id]
    assert [item.id for item in queries.openers(customer.id)] == [new.id, proven.id, old.id]


def test_from_whom_he_buys_is_known_and_talked_about_only_if_somebody_has_thought_of_a_way(customer, cast):
    seen(customer, cast.lin)
    asked = seen(customer, cast.lin, opener="他们交期还准吗？")
    assert [item.id for item in queries.openers(customer.id)] == [asked.id]
    assert queries.items(customer.id).count == 2


def test_still_so_makes_it_fresh_and_says_who_found_it_when(customer, cast):
    item = answer(seen(customer, cast.lin, days=200), cast.sun, ("still", 60))
    assert not item.is_stale and item.confirmed_by.id == cast.sun.id
    assert (item.confirmed_on, item.stale_on) == (clock.today(), clock.today() + timedelta(days=90))


def test_not_sure_leaves_it_as_it_was_and_is_not_asked_for_weeks(customer, cast):
    item = answer(seen(customer, cast.lin, days=200), cast.lin, ("unsure", 0))
    assert item.is_stale and item.rests and item.confirmed_at is None and item.retired_at is None


def test_what_has_changed_is_out_of_sight_and_waits_for_what_it_is_now(customer, cast):
    item = answer(seen(customer, cast.lin, days=200), cast.lin, ("changed", 5))
    known = queries.items(customer.id)
    assert known.live == [] and [gone.id for gone in known.changed] == [item.id]
    seen(customer, cast.lin, "改用国产的了")
    assert queries.items(customer.id).changed == []


def test_nobody_asks_for_ever_what_it_is_now(customer, cast):
    answer(seen(customer, cast.lin, days=200), cast.lin, ("changed", 21 * 24 * 60))
    assert queries.items(customer.id).changed == []


def test_every_answer_is_kept_with_who_and_when_and_told_in_the_history(customer, cast):
    item = answer(seen(customer, cast.lin), cast.lin, ("unsure", 9), ("still", 3))
    said = db.session.scalars(db.select(Confirmation).filter_by(item_id=item.id).order_by(Confirmation.at)).all()
    assert [(one.outcome, one.by_id) for one in said] == [("unsure", cast.lin.id), ("still", cast.lin.id)]
    told = db.session.scalars(db.select(HistoryEntry).filter_by(kind="attention").order_by(HistoryEntry.at)).all()
    assert {"用洛轴的轴承 · 不清楚", "用洛轴的轴承 · 还是这样"} < {entry.said for entry in told}


@pytest.mark.parametrize("given", [*permutations(ANSWERS), ("still", "changed", "still"), ("changed",) * 3])
def test_in_whatever_order_answers_arrive_they_come_to_the_same(customer, cast, given):
    """Given at 40, 30 and 20 minutes before now, by three people; they reach the house in all orders."""
    timed, outcomes = list(zip(given, (40, 30, 20), strict=True)), set()
    for arrived in permutations(timed):
        item = answer(seen(customer, cast.lin, days=200), cast.lin, *arrived)
        outcomes.add((item.retired_at, item.changed_at, item.confirmed_at, item.asked_on, item.stale_on))
    [(retired_at, *_rest)] = outcomes
    decided = [outcome for outcome in given if outcome != "unsure"]
    assert (retired_at is not None) == (decided[-1] == "changed")


def test_what_was_taken_down_by_hand_stays_down(customer, cast):
    item = seen(customer, cast.lin, days=200)
    answer(item, cast.lin, ("changed", 30))
    with gate.transaction():
        db.session.get_one(AttentionItem, item.id).retire()
    assert answer(item, cast.sun, ("still", 1)).retired_at is not None


def test_what_was_said_of_other_words_says_nothing_of_these(customer, cast):
    item = seen(customer, cast.lin, days=200)
    said = {"category": "supplier", "opener": "", "contact_id": None, "noticed_on": clock.today()}
    with gate.transaction():
        db.session.get_one(AttentionItem, item.id).revise(**said, observed="改用国产的了")
    assert answer(item, cast.sun, ("changed", 60)).retired_at is None
    assert answer(item, cast.sun, ("changed", 0)).retired_at is not None


def test_who_writes_what_it_is_now_where_it_had_changed_has_it_back(customer, cast):
    item = answer(seen(customer, cast.lin, days=200), cast.lin, ("changed", 5))
    said = {"category": "supplier", "opener": "", "contact_id": None, "noticed_on": clock.today()}
    with gate.transaction():
        item.revise(**said, observed="改用国产的了")
    [back] = queries.items(customer.id).live
    assert back.observed == "改用国产的了" and not back.is_stale
