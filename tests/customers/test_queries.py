"""What the rooms above ask: who is due, who is near, what they are called."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from tests import making
from tests.counting import count_queries
from webapp.customers.queries import due_for, names_by_id, near
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate

TUESDAY = date(2026, 11, 24)


def days_ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def test_who_is_due_by_a_planned_step_or_by_the_rhythm_of_the_relation(cast: SimpleNamespace) -> None:
    with gate.transaction():
        making.a_customer(cast.lin, "今天该去", next_step_on=TUESDAY, level="C")
        making.a_customer(cast.lin, "上周该去", next_step_on=TUESDAY - timedelta(days=7), level="C")
        making.a_customer(cast.lin, "下周才去", next_step_on=TUESDAY + timedelta(days=7), last_contact_at=days_ago(90))
        making.a_customer(cast.lin, "潜在满一周", last_contact_at=days_ago(7), level="E")
        making.a_customer(cast.lin, "潜在才六天", last_contact_at=days_ago(6))
        making.a_customer(cast.lin, "意向满两天", relation="intent", last_contact_at=days_ago(2), level="B")
        making.a_customer(cast.lin, "刚成交一天", relation="just_sold", last_contact_at=days_ago(1), level="A")
        making.a_customer(cast.lin, "老客户一月", relation="established", last_contact_at=days_ago(30), level="A")
        making.a_customer(cast.lin, "老客户三周", relation="established", last_contact_at=days_ago(21))
        making.a_customer(cast.lin, "从没去过", created_at=days_ago(8), level="F")
        making.a_customer(cast.lin, "刚建的", level="F")
        making.a_customer(cast.sun, "孙的", next_step_on=TUESDAY)
    due = due_for(cast.lin, TUESDAY)
    assert [entry.customer.name for entry in due[:2]] in (["刚成交一天", "老客户一月"], ["老客户一月", "刚成交一天"])
    assert [entry.customer.name for entry in due[2:]] == [
        "意向满两天",
        "上周该去",
        "今天该去",
        "潜在满一周",
        "从没去过",
    ]
    days = {entry.customer.name: (entry.on, entry.is_planned) for entry in due}
    assert days["上周该去"] == (TUESDAY - timedelta(days=7), True)
    assert days["潜在满一周"] == (TUESDAY, False)
    assert days["从没去过"] == (TUESDAY - timedelta(days=1), False)


def test_a_day_is_the_day_on_the_wall_of_the_person_who_asks(cast: SimpleNamespace) -> None:
    with gate.transaction():
        late_on_the_17th = datetime(2026, 11, 17, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
        past_midnight = datetime(2026, 11, 17, 16, 30, tzinfo=UTC)  # 00:30 on the 18th
        making.a_customer(cast.lin, "十七日", last_contact_at=late_on_the_17th)
        making.a_customer(cast.lin, "十八日", last_contact_at=past_midnight)
    assert [entry.customer.name for entry in due_for(cast.lin, TUESDAY)] == ["十七日"]


def test_who_is_near_and_how_far(cast: SimpleNamespace) -> None:
    with gate.transaction():
        making.a_customer(cast.lin, "远", latitude=31.40, longitude=120.60)
        making.a_customer(cast.lin, "近", latitude=31.30, longitude=120.61)
        making.a_customer(cast.lin, "不知道在哪")
        making.a_customer(cast.wu, "吴的", latitude=31.30, longitude=120.60)
    found = near(cast.lin, 31.30, 120.60)
    assert [customer.name for customer, _metres in found] == ["近", "远"]
    assert [round(metres, -1) for _customer, metres in found] == [950, 11120]


def test_what_customers_are_called_costs_one_query(cast: SimpleNamespace) -> None:
    with gate.transaction():
        made = [making.a_customer(cast.lin, "苏州恒润纺机", short_name="恒润"), making.a_customer(cast.wu, "长江轴承")]
        ids = [customer.id for customer in made]
    with count_queries() as counted:
        assert names_by_id(ids) == dict(zip(ids, ("恒润", "长江轴承"), strict=True))
    assert counted.n == 1
    db.session.rollback()
