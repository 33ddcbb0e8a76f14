"""A rep plans a day; the plan is proposed, ordered, copied, handed in."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.making import a_contact, a_customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits import plan_queries
from webapp.visits.models import DayPlan, Promise

DAY = date(2026, 11, 25)
SUZHOU, WUJIANG, KUNSHAN = (31.30, 120.58), (31.16, 120.64), (31.38, 120.98)


@pytest.fixture
def three(cast: SimpleNamespace) -> list:
    with gate.transaction():
        return [
            a_customer(cast.lin, name, latitude=place[0], longitude=place[1])
            for name, place in (("恒润纺机", SUZHOU), ("同庆五金", KUNSHAN), ("宏锦印染", WUJIANG))
        ]


def put(client: FlaskClient, customer: object, day: date = DAY, **fields: str) -> object:
    return client.post(f"/days/{day}/stops", data={"submission_id": new_id(), "customer_id": customer.id, **fields})


def the_plan(user: object, day: date = DAY) -> DayPlan:
    db.session.expire_all()
    return db.session.scalar(select(DayPlan).where(DayPlan.user_id == user.id, DayPlan.day == day))


def names(plan: DayPlan) -> list[str]:
    return [stop.customer.name for stop in plan.stops]


def test_lin_plans_a_visit_with_time_purpose_and_objective(lin, cast, three):
    answer = put(lin, three[0], at="9:30", purpose="collection", objective="收回一半")

    assert (answer.status_code, answer.location) == (303, "/days/2026-11-25")
    [stop] = the_plan(cast.lin).stops
    assert (stop.at, stop.purpose, stop.objective) == ("09:30", "collection", "收回一半")


def test_the_same_customer_is_visited_once_a_day(lin, cast, three):
    put(lin, three[0])
    put(lin, three[0])

    assert names(the_plan(cast.lin)) == ["恒润纺机"]


def test_a_time_that_is_none_is_refused_beside_its_field_and_what_was_typed_stays(lin, cast, three):
    answer = put(lin, three[0], at="25:99", objective="送样品")

    assert answer.status_code == 422
    assert "这不像一个时间" in answer.text and "25:99" in answer.text and "送样品" in answer.text
    assert the_plan(cast.lin) is None


def test_wu_s_customer_cannot_be_planned_by_lin(lin, cast):
    with gate.transaction():
        foreign = a_customer(cast.wu)

    assert put(lin, foreign).status_code == 404


def test_the_shortest_way_goes_to_the_neighbour_first(lin, cast, three):
    for customer in three:
        put(lin, customer)

    lin.post(f"/days/{DAY}/order", data={"by": "distance", "latitude": "31.15", "longitude": "120.6"})

    assert names(the_plan(cast.lin)) == ["宏锦印染", "恒润纺机", "同庆五金"]


def test_a_customer_without_a_place_stays_at_the_end_of_the_way(lin, cast, three):
    with gate.transaction():
        lost = a_customer(cast.lin, "不知在哪")
    for customer in [lost, *three]:
        put(lin, customer)

    lin.post(f"/days/{DAY}/order", data={"by": "distance"})

    assert names(the_plan(cast.lin))[-1] == "不知在哪"


def test_moving_a_visit_up_deals_the_times_of_the_day_anew(lin, cast, three):
    for customer, at in zip(three, ("09:00", "10:30", "14:00"), strict=True):
        put(lin, customer, at=at)
    last = the_plan(cast.lin).stops[-1]

    lin.post(f"/days/{DAY}/order", data={"stop_id": last.id, "by": "-1"})

    plan = the_plan(cast.lin)
    assert [(s.customer.name, s.at) for s in plan.stops] == [
        ("恒润纺机", "09:00"),
        ("宏锦印染", "10:30"),
        ("同庆五金", "14:00"),
    ]


def test_a_later_time_moves_a_visit_to_its_place_in_the_day(lin, cast, three):
    for customer, at in zip(three, ("09:00", "10:30", "14:00"), strict=True):
        put(lin, customer, at=at)
    first = the_plan(cast.lin).stops[0]

    lin.post(f"/stops/{first.id}", data={"at": "16:00", "purpose": "service"})

    assert names(the_plan(cast.lin)) == ["同庆五金", "宏锦印染", "恒润纺机"]


def test_yesterday_s_visits_are_copied_but_not_those_that_now_belong_to_sun(lin, cast, three):
    with gate.transaction():
        source = DayPlan.of(cast.lin, DAY - timedelta(days=1))
        for customer in three:
            source.add(customer)
        three[1].owner_id = cast.sun.id

    lin.post(f"/days/{DAY}/copies", data={"source": source.id})

    assert names(the_plan(cast.lin)) == ["恒润纺机", "宏锦印染"]


def test_handing_in_raises_the_version_and_a_change_afterwards_asks_to_hand_in_again(lin, cast, three):
    put(lin, three[0])
    before = the_plan(cast.lin).version
    lin.post(f"/days/{DAY}/handing-in", data={"submission_id": new_id(), "message": "先去收款"})

    plan = the_plan(cast.lin)
    assert (plan.state, plan.message, plan.version) == ("handed_in", "先去收款", before + 1)

    put(lin, three[1])
    plan = the_plan(cast.lin)
    assert (plan.state, plan.version) == ("draft", before + 2)


def test_an_empty_day_cannot_be_handed_in(lin, cast, three):
    put(lin, three[0])
    lin.post(f"/stops/{the_plan(cast.lin).stops[0].id}/removal")

    answer = lin.post(f"/days/{DAY}/handing-in", data={"submission_id": new_id(), "message": "都排好了"})

    assert answer.status_code == 422 and "都排好了" in answer.text
    assert the_plan(cast.lin).state == "draft"


def test_nobody_plans_the_past_or_the_year_after_next(lin, three):
    assert put(lin, three[0], day=date(2026, 11, 23)).status_code == 404
    assert put(lin, three[0], day=date(2028, 1, 1)).status_code == 404


def test_what_is_promised_and_due_is_proposed_before_what_is_only_near(cast, three):
    with gate.transaction():
        near = a_customer(cast.lin, "隔壁包装", level="A", latitude=31.301, longitude=120.581)
        due = a_customer(cast.lin, "远成电机", level="C", next_step="追报价", next_step_on=DAY)
        promised = a_customer(cast.lin, "佳禾包装", level="D")
        db.session.add(Promise(customer_id=promised.id, by_id=cast.lin.id, text="带交期表", due_on=DAY))
        a_customer(cast.sun, "孙的客户", next_step_on=DAY)
        DayPlan.of(cast.lin, DAY).add(three[0])

    here = plan_queries.day_page(cast.lin, DAY, clock.today())

    assert [s.customer.name for s in here.suggestions][:3] == ["佳禾包装", "远成电机", "隔壁包装"]
    assert here.suggestions[2].is_near and here.suggestions[2].detour_m < 500
    assert {near.id, due.id, promised.id} >= {s.customer.id for s in here.suggestions}


def test_the_reminder_of_a_visit_is_the_most_pressing_one(cast, three):
    with gate.transaction():
        three[0].open_complaint = "样品异响"
        three[0].overdue_cents = 360000
        a_contact(three[1], "余总", birthday_month=10, birthday_day=17, birthday_is_lunar=True)  # 25 November 2026
        a_contact(three[2], "不愿意", birthday_month=11, birthday_day=25, consent="refused")
        plan = DayPlan.of(cast.lin, DAY)
        for customer in three:
            plan.add(customer)

    here = plan_queries.day_page(cast.lin, DAY, clock.today())

    assert [s.reminder and s.reminder.kind for s in here.stops] == ["complaint", "birthday", None]
    assert here.stops[1].reminder.on == DAY
