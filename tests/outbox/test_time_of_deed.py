"""What was done at ten without a signal was done at ten, whenever it arrives and whatever the phone's clock says."""

from datetime import timedelta

import pytest

from tests.outbox.sending import an_entry, results, send
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox.models import Receipt
from webapp.visits.models import CheckIn, Report

HOURS = timedelta(hours=6)


def arriving(at, customer, **values):
    """An «I'm here» of that moment."""
    return an_entry(customer, noun="check-ins", fields=[], made_at=at.isoformat(), **values)


def test_who_knocked_at_ten_knocked_at_ten_though_it_arrives_at_four(lin, cast, customer):
    knocked = clock.now()
    clock.freeze(knocked + HOURS)
    entry = arriving(knocked, customer)
    assert results(send(lin, cast.lin, entry)) == ["accepted"]
    assert db.session.get(CheckIn, entry["id"]).at == knocked
    assert db.session.get(Receipt, entry["id"]).filed_at == knocked + HOURS


def test_a_phone_whose_clock_is_three_hours_ahead_is_set_right(lin, cast, customer):
    knocked, ahead = clock.now(), timedelta(hours=3)
    clock.freeze(knocked + HOURS)
    entry = arriving(knocked + ahead, customer)
    send(lin, cast.lin, entry, now=(knocked + HOURS + ahead).isoformat())
    assert db.session.get(CheckIn, entry["id"]).at == knocked


@pytest.mark.parametrize("made_at", ["", "yesterday", "2035-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "0" * 30])
def test_a_time_that_cannot_be_is_the_time_of_arrival(lin, cast, customer, made_at):
    entry = an_entry(customer, noun="check-ins", fields=[], made_at=made_at)
    assert results(send(lin, cast.lin, entry)) == ["accepted"]
    assert db.session.get(CheckIn, entry["id"]).at == clock.now()


def test_a_visit_of_monday_arrives_on_thursday_with_its_arrival_and_tuesday_as_next_step(lin, cast, customer):
    monday = clock.now()
    day = clock.local(monday).date()
    here = arriving(monday, customer, seq=1)
    said = [
        ["result", "progress"],
        ["purpose", "service"],
        ["day", day.isoformat()],
        ["left", "10:40"],
        ["next_on", (day + timedelta(days=1)).isoformat()],
        ["next_step", "送样品"],
    ]
    report = an_entry(customer, fields=said, seq=2, made_at=(monday + timedelta(minutes=40)).isoformat())
    clock.freeze(monday + timedelta(days=3))
    assert results(send(lin, cast.lin, here, report)) == ["accepted", "accepted"]
    filed = db.session.get(Report, report["id"])
    assert (filed.check_in_id, filed.day, filed.minutes) == (here["id"], day, 40)
    assert filed.filed_at == monday + timedelta(minutes=40)
