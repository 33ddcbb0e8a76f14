"""What really worked stands first; a lucky line does not; and it does not matter in which order phones tell of it."""

import json
from datetime import timedelta
from math import isclose
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from tests.making import a_customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.playbook.answers import answers
from webapp.playbook.library import outcome_counts
from webapp.playbook.models import Kind, TrackUse
from webapp.playbook.ranking import Outcomes
from webapp.playbook.standing import ENOUGH, UNTRIED, standing, worth

TABLE = json.loads((Path(__file__).parent / "standing_table.json").read_text())
MILL = Kind("C", "纺织", "decision_maker")


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["why"])
def test_the_lines_stand_in_the_order_of_the_table_that_the_phone_is_held_to(case):
    kind = Kind(**case["of"])
    cells = {line["name"]: {Kind(*cell[:3]): Outcomes(*cell[3:]) for cell in line["cells"]} for line in case["lines"]}
    assert sorted(cells, key=lambda name: -worth(standing(cells[name], kind).outcomes)) == case["order"]


def test_it_is_the_lower_end_of_wilsons_interval():
    for yes, no, expected in [(5, 0, 0.5655), (6, 2, 0.4093), (10, 10, 0.2993), (18, 2, 0.6990), (0, 9, 0.0)]:
        assert isclose(worth(Outcomes(worked=yes, flat=no)), expected, abs_tol=0.0001)


def test_nothing_below_five_uses_is_proved_and_nothing_untried_is_lost():
    few = [Outcomes(w, h, n - w - h) for n in range(ENOUGH) for w in range(n + 1) for h in range(n - w + 1)]
    assert max(map(worth, few)) < worth(Outcomes(worked=10, flat=10))
    assert worth(Outcomes()) == UNTRIED
    assert all((worth(one) >= UNTRIED) == (one.worked >= one.flat) for one in few)


def found(app, cast, customer):
    with app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        return [track.slug for track in answers("太贵", cast.lin, customer).lines]


def say(library, cast, slug, kind, **outcomes):
    with gate.transaction():
        for outcome, n in outcomes.items():
            for _time in range(n):
                clock.freeze(clock.now() + timedelta(days=1))
                TrackUse.record(library(slug).id, outcome, cast.lin.id, kind=kind)


def test_before_and_after_twenty_outcomes(app, cast, library):
    """Untried, lines stand by what they are meant for. Three that flattered a line by chance lift it above the untried;
    twenty outcomes later the line that works with mills is first there, and the lucky one stands behind it."""
    with gate.transaction():
        mill = a_customer(cast.lin, "恒润", industry="纺织", level="C", stage="persuade")
        shop = a_customer(cast.lin, "江北便利", industry="超市连锁", level="C", stage="persuade")
    of_mill = Kind("C", "纺织", "")
    before = found(app, cast, mill)
    assert set(before) == {"expensive-ten-years", "expensive-downtime", "expensive-trial"}
    at_the_shop = found(app, cast, shop)
    say(library, cast, before[1], of_mill, worked=3)
    assert found(app, cast, mill)[0] == before[1]
    say(library, cast, before[2], of_mill, worked=14, half=1, flat=2)
    say(library, cast, before[0], of_mill, flat=3)
    assert found(app, cast, mill) == [before[2], before[1], before[0]]
    assert at_the_shop[0] not in before
    assert found(app, cast, shop)[0] == at_the_shop[0]


def test_a_report_and_a_tap_on_the_same_visit_are_one_use(cast, library):
    track = library("expensive-trial")
    with gate.transaction():
        mill = a_customer(cast.lin)
        TrackUse.record(track.id, "half", cast.lin.id, mill.id)
        clock.freeze(clock.now() + timedelta(minutes=9))
        TrackUse.record(track.id, "worked", cast.lin.id, mill.id, visit_id="v")
    assert outcome_counts([track.id])[track.id] == Outcomes(worked=1)
    with gate.transaction():
        TrackUse.forget("v")
    assert outcome_counts([track.id])[track.id] == Outcomes(half=1)


WORDS = st.tuples(
    st.integers(0, 3 * 24 * 60), st.sampled_from(["worked", "half", "flat"]), st.booleans(), st.booleans()
)  # (minute, outcome, of the other customer, of the other person)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(WORDS, max_size=7), data=st.data())
def test_merged_outcomes_hang_neither_on_the_order_nor_on_repetition(app, cast, library, said, data):
    """Whatever two phones tell, in whatever order, and once more: the same counts, and one for each person, customer and day."""
    track, begin = library("expensive-trial"), clock.day_bounds(clock.today())[0]
    entries = [(f"{n:036}", *one) for n, one in enumerate(said)]
    shuffled = data.draw(st.permutations(entries))
    counts = []
    for delivered in (entries, shuffled, [*shuffled, *reversed(entries)]):
        with gate.transaction():
            db.session.execute(delete(TrackUse))
            for id, minute, outcome, other_customer, other_person in delivered:
                if db.session.get(TrackUse, id):
                    continue  # the gate answers a repeated entry with what it answered first
                with clock.at_the_time_of(begin + timedelta(minutes=minute)):
                    by, whom = cast.sun if other_person else cast.lin, "b" if other_customer else "a"
                    TrackUse.record(track.id, outcome, by.id, whom, id=id, kind=MILL)
        counts.append(outcome_counts([track.id])[track.id])
    assert counts[0] == counts[1] == counts[2]
    last = {(use.by_id, use.customer_id, use.day) for use in db.session.scalars(select(TrackUse))}
    assert counts[0].total == len(last)
