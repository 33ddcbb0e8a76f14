"""A calendar reads lin's plan from an address that only he knows, until he withdraws it."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tests.making import a_customer
from webapp.agenda.models import CalendarFeed
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import DayPlan

DAY = date(2026, 11, 24)


@pytest.fixture
def plan(cast):
    with gate.transaction():
        customer = a_customer(cast.lin, city="苏州", address="工业园区1号")
        today, tomorrow = DayPlan.of(cast.lin, DAY), DayPlan.of(cast.lin, DAY + timedelta(days=1))
        today.add(customer, at="10:30", purpose="order", objective="带两台换装方案;价格")
        tomorrow.add(customer)
        DayPlan.of(cast.lin, DAY + timedelta(days=90)).add(customer)
        DayPlan.of(cast.sun, DAY).add(a_customer(cast.sun, "宏锦印染"))


def events(answer):
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    return Calendar.from_ical(answer.data).walk("VEVENT")


def address(client, user):
    client.post("/settings/calendar", data={"submission_id": new_id()})
    feed = db.session.get(CalendarFeed, user.id)
    assert feed.key in client.get("/settings/calendar").text
    return f"/calendar/{feed.key}.ics"


def test_the_feed_has_lin_s_visits_with_their_alarms_and_nobody_else_s(app, lin, cast, plan):
    first, second = events(app.test_client().get(address(lin, cast.lin)))
    assert (str(first["summary"]), str(first["location"])) == ("恒润纺机 · 订货", "苏州 工业园区1号")
    assert first.decoded("dtstart").isoformat() == "2026-11-24T02:30:00+00:00"
    assert str(first["description"]) == "带两台换装方案;价格"
    assert [alarm.decoded("trigger") for alarm in first.walk("VALARM")] == [timedelta(minutes=-30)]
    assert second.decoded("dtstart") == DAY + timedelta(days=1) and second.walk("VALARM") == []


def test_a_withdrawn_or_changed_address_leads_nowhere(app, lin, cast, plan):
    reader, old = app.test_client(), address(lin, cast.lin)
    new = address(lin, cast.lin)
    assert (reader.get(old).status_code, reader.get(new).status_code) == (404, 200)
    lin.post("/settings/calendar/withdrawal")
    assert reader.get(new).status_code == 404


@pytest.mark.parametrize("key", ["x", "0" * 24, "0" * 48, "键", "%00"])
def test_a_guess_leads_nowhere(app, lin, cast, key):
    good = address(lin, cast.lin).removeprefix("/calendar/").removesuffix(".ics")
    reader = app.test_client()
    for guess in (key, good[:24], good[:24] + "A" * 24, good + "x", good.upper()):
        assert reader.get(f"/calendar/{guess}.ics").status_code == 404


def test_the_row_alone_opens_nothing(app, lin, cast, plan, monkeypatch):
    old = address(lin, cast.lin)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another")
    assert app.test_client().get(old).status_code == 404


def test_whoever_is_gone_has_no_calendar_any_more(app, lin, cast, plan):
    known = address(lin, cast.lin)
    with gate.transaction():
        cast.lin.disable()
        db.session.add(cast.lin)
    assert app.test_client().get(known).status_code == 404


def test_tomorrow_can_be_taken_along(lin, plan):
    (visit,) = events(lin.get(f"/days/{DAY + timedelta(days=1)}/visits.ics"))
    assert visit.decoded("dtstart") == DAY + timedelta(days=1)
    assert events(lin.get("/days/2020-01-01/visits.ics")) == []
