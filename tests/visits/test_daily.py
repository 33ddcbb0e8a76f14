"""The day builds itself, the rep adds a word and hands it in."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.making import a_customer, a_report
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.daily_figures import figures_of
from webapp.visits.models import DailyReport, DayPlan

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def a_day(cast: SimpleNamespace) -> list:
    with gate.transaction():
        customers = [a_customer(cast.lin, name) for name in ("恒润纺机", "宏锦印染", "没去的那家")]
        plan = DayPlan.of(cast.lin, TUESDAY)
        for customer in customers:
            plan.add(customer)
        db.session.flush()  # reports point to customers by id
        a_report(
            customers[0],
            cast.lin,
            result="ordered",
            order_cents=2480000,
            expense_cents=1800,
            objections=["too_expensive"],
        )
        a_report(
            customers[1],
            cast.lin,
            result="refused",
            collection_cents=500000,
            objections=["too_expensive", "compare"],
            insight="先算停机损失",
        )
        a_report(customers[1], cast.lin, result="progress", day=date(2026, 11, 3), order_cents=100000)
        a_report(customers[1], cast.lin, result="progress", day=date(2026, 10, 30), order_cents=999900)
    return customers


def the_daily(user: object) -> DailyReport:
    return db.session.scalar(select(DailyReport).where(DailyReport.user_id == user.id))


def test_the_day_is_summed_up_from_its_visits(cast, a_day):
    f = figures_of(cast.lin, TUESDAY)

    assert (f["visits"], f["effective"], f["orders"], f["collections"], f["expenses"]) == (2, 1, 2480000, 500000, 1800)
    assert f["month_orders"] == 2580000
    assert f["objections"] == {"too_expensive": 2, "compare": 1}
    assert [c["name"] for c in f["missed"]] == ["没去的那家"]
    assert [i["text"] for i in f["insights"]] == ["先算停机损失"]


def test_lin_hands_in_the_day_and_the_figures_are_frozen(lin, cast, a_day):
    lin.post(
        f"/days/{TUESDAY}/report", data={"submission_id": new_id(), "attendance": "field", "insight": "带样品去好说话"}
    )
    with gate.transaction():
        a_report(a_day[2], cast.lin, result="ordered", order_cents=1)

    daily = the_daily(cast.lin)
    assert (daily.state, daily.version, daily.insight) == ("handed_in", 1, "带样品去好说话")
    assert daily.figures["visits"] == 2
    assert "再交一次才算进去" in lin.get(f"/daily-reports/{daily.id}").text


def test_handing_in_again_is_a_new_version_of_the_same_report(lin, cast, a_day):
    for words in ("一", "二"):
        lin.post(f"/days/{TUESDAY}/report", data={"submission_id": new_id(), "attendance": "field", "insight": words})

    assert (the_daily(cast.lin).version, the_daily(cast.lin).insight) == (2, "二")


def test_a_note_of_20000_characters_is_refused_beside_its_field_and_kept(lin, cast, a_day):
    answer = lin.post(f"/days/{TUESDAY}/report", data={"submission_id": new_id(), "insight": "长" * 20000})

    assert answer.status_code == 422
    assert "太长了" in answer.text and "长" * 20000 in answer.text
    assert the_daily(cast.lin) is None


def test_tomorrow_cannot_be_reported(lin):
    assert lin.get("/days/2026-11-25/report").status_code == 404


def test_zhou_reads_lin_s_day_but_wu_does_not(lin, cast, a_day, client_of):
    lin.post(f"/days/{TUESDAY}/report", data={"submission_id": new_id()})
    url = f"/daily-reports/{the_daily(cast.lin).id}"

    assert client_of(cast.zhou).get(url).status_code == 200
    assert client_of(cast.wu).get(url).status_code == 404
    assert client_of(cast.sun).get(url).status_code == 404
