"""«I'm here»: noted at once whatever the phone knows; an old or vague position is never taken for more than it is."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.making import a_customer
from tests.visits.reporting import hand_in, the_report, the_reports
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import CheckIn
from webapp.visits.words import position_words

DOOR = (31.2600, 120.6300)
NEAR = {"latitude": "31.2601", "longitude": "120.6301", "accuracy_m": "18", "age_s": "0"}


@pytest.fixture
def placed(cast: SimpleNamespace) -> Customer:
    with gate.transaction():
        return a_customer(cast.lin, latitude=DOOR[0], longitude=DOOR[1])


@pytest.fixture
def unplaced(cast: SimpleNamespace) -> Customer:
    with gate.transaction():
        return a_customer(cast.lin, "同庆五金")


def check_in(client: object, customer: Customer, **fix: str) -> CheckIn:
    answer = client.post(f"/customers/{customer.id}/check-ins", data={"submission_id": new_id(), **fix})
    assert answer.status_code == 303, answer.status_code
    db.session.expire_all()
    here = db.session.scalars(select(CheckIn)).one()
    assert answer.location == f"/customers/{customer.id}/reports/new?check_in={here.id}"
    return here


def test_lin_stands_at_the_door(lin, placed):
    here = check_in(lin, placed, **NEAR)

    assert (here.grade, here.reason, here.at) == ("near", "", clock.now())
    assert here.distance_m < 20
    assert position_words(here) == "就在客户门口：误差20米"


@pytest.mark.parametrize(
    ("fix", "grade", "words"),
    [
        ({"reason": "denied"}, "none", "没有位置：没允许用位置"),
        ({"reason": "timeout"}, "none", "没有位置：等了8秒没定到位"),
        ({"reason": "unsupported"}, "none", "没有位置：这个浏览器给不了位置"),
        ({"reason": "unavailable"}, "none", "没有位置：手机定不到位"),
        ({"reason": "<b>whatever</b>"}, "none", "没有位置：手机没给位置"),
        ({}, "none", "没有位置：手机没给位置"),
        (NEAR | {"accuracy_m": "1800"}, "weak", "位置不太准：误差1.8公里"),
        (NEAR | {"accuracy_m": ""}, "weak", "位置不太准：不知道误差多大"),
        (NEAR | {"age_s": "3600"}, "weak", "位置不太准：是60分钟前的位置"),
        (NEAR | {"age_s": ""}, "weak", "位置不太准：不知道是多久前的位置"),
        (NEAR | {"latitude": "31.2870"}, "weak", "位置不太准：离客户3公里"),
        (NEAR | {"latitude": "91"}, "none", "没有位置：手机没给位置"),
        (NEAR | {"longitude": "nan"}, "none", "没有位置：手机没给位置"),
        (NEAR | {"latitude": "here"}, "none", "没有位置：手机没给位置"),
    ],
)
def test_what_the_position_is_worth_is_said_in_words_and_nothing_is_refused(lin, placed, fix, grade, words):
    here = check_in(lin, placed, **fix)

    assert (here.grade, position_words(here)) == (grade, words)
    assert words in lin.get(f"/customers/{placed.id}/reports/new?check_in={here.id}").text


def test_the_first_good_position_becomes_the_customers_place(lin, unplaced):
    here = check_in(lin, unplaced, **NEAR)

    assert here.grade == "fresh"
    assert unplaced.place == (31.2601, 120.6301)
    assert "顺手记下了同庆五金的位置。" in lin.get(f"/customers/{unplaced.id}/reports/new").text


@pytest.mark.parametrize("fix", [{"age_s": "61"}, {"accuracy_m": "150"}, {"accuracy_m": "9000"}, {"latitude": ""}])
def test_an_old_or_vague_position_does_not(lin, unplaced, fix):
    check_in(lin, unplaced, **(NEAR | fix))

    assert unplaced.place is None


def test_a_known_place_is_not_moved(lin, placed):
    check_in(lin, placed, **(NEAR | {"latitude": "31.2620"}))

    assert placed.place == DOOR


def test_the_report_begins_when_one_arrived_and_carries_the_grade(lin, placed):
    here = check_in(lin, placed, **NEAR)
    page = lin.get(f"/customers/{placed.id}/reports/new?check_in={here.id}").text
    assert 'value="10:00"' in page

    hand_in(lin, placed, check_in_id=here.id, arrived="10:00", left="10:00")

    assert the_report().check_in_id == here.id
    assert "就在客户门口" in lin.get(the_report().url).text
    assert "就在客户门口" not in lin.get(f"/customers/{placed.id}/reports/new").text  # that visit is written already


def test_who_writes_on_leaving_need_not_say_when_and_who_writes_in_the_evening_is_not_believed(lin, placed):
    clock.freeze(clock.now() + timedelta(minutes=37))
    hand_in(lin, placed, arrived="10:00")
    assert the_report().minutes == 37

    clock.freeze(clock.now() + timedelta(hours=8))
    hand_in(lin, placed, arrived="10:00")
    assert the_reports()[-1].minutes is None


def test_tapping_twice_is_one_check_in(lin, placed):
    tap = {"submission_id": new_id(), **NEAR}
    answers = [lin.post(f"/customers/{placed.id}/check-ins", data=tap) for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert len(db.session.scalars(select(CheckIn)).all()) == 1


def test_wu_is_not_at_lins_customer(cast, placed, client_of):
    assert client_of(cast.wu).post(f"/customers/{placed.id}/check-ins", data=NEAR).status_code == 404


def test_another_ones_check_in_is_not_taken_into_my_report(lin, zhou, placed):
    theirs = check_in(zhou, placed, **NEAR)

    hand_in(lin, placed, check_in_id=theirs.id)

    assert the_report().check_in_id is None
