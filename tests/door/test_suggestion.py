"""One line for the door: why it is this one is one tap away, and a line that is not for this customer does not come again."""

import re

import pytest

from tests.making import a_contact, a_customer, a_report
from tests.playbook.conftest import library
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.models import Kind, Misfit, TrackUse
from webapp.playbook.suggesting import line_for

__all__ = ["library"]


@pytest.fixture
def mill(cast, library):
    with gate.transaction():
        mill = a_customer(cast.lin, "恒润纺机", industry="纺织", stage="persuade", level="C")
        a_contact(mill, "陈国栋", decision_role="decision_maker")
    return mill


def card(browser, customer):
    return browser.get(f"/customers/{customer.id}").text


def test_what_he_said_last_time_is_answered_first_and_the_card_says_so(lin, cast, mill):
    before = line_for(mill)
    assert before.track.situation == "pain" and not before.answers
    with gate.transaction():
        a_report(mill, cast.lin, objections=["too_expensive"])
    found = line_for(mill, ("too_expensive",))
    assert found.answers == "too_expensive" and found.track.slug.startswith("expensive-")
    page = card(lin, mill)
    assert found.track.line in page
    assert "上次他说“太贵”，这句接得上。" in page
    assert "适合“说服客户”这一步。" in page


def test_the_card_says_how_it_went_with_customers_like_him(lin, cast, mill, library):
    line = line_for(mill).track
    assert "还没人用过，你来试第一回。" in card(lin, mill)
    with gate.transaction():
        for n in range(9):
            kind = Kind("C", "纺织", "decision_maker")
            TrackUse.record(
                line.id, "worked" if n < 7 else "flat", cast.sun.id, visit_id=str(n), customer_id=str(n), kind=kind
            )
    assert line_for(mill).track.id == line.id
    assert "跟他一样的客户（C级 · 纺织 · 拍板人）：用过9次，灵7次，一半0次。" in card(lin, mill)


def test_a_line_that_is_not_for_him_gives_way_and_stays_away_until_it_works_with_him(lin, cast, mill):
    first = line_for(mill)
    page = card(lin, mill)
    assert f"换一句就说：{first.next.track.line}" in page
    shown = re.findall(r'data-line="([^"]*)"( hidden)?', page)
    line, spare = (
        (first.track.id, ""),
        (first.next.track.id, " hidden"),
    )  # a phone without a signal has the spare at hand
    assert shown == [line, spare, line, spare]
    form = {"submission_id": new_id(), "customer": mill.id}
    for _time in range(2):
        answer = lin.post(f"/playbook/{first.track.id}/misfits", data=form)
        assert (answer.status_code, answer.location) == (303, f"/customers/{mill.id}")
    lin.post(f"/playbook/{first.track.id}/misfits", data={**form, "submission_id": new_id()})
    assert db.session.query(Misfit).count() == 1
    assert line_for(mill).track.id == first.next.track.id
    assert "记下了，这家换一句。" in card(lin, mill)
    worked = {"submission_id": new_id(), "customer": mill.id, "outcome": "worked"}
    lin.post(f"/playbook/{first.track.id}/uses", data=worked)
    assert line_for(mill).track.id == first.track.id


def test_a_line_that_fell_flat_with_him_comes_after_the_others_with_him_only(lin, cast, mill):
    first = line_for(mill).track
    with gate.transaction():
        twin = a_customer(cast.lin, "宏锦纺织", industry="纺织", stage="persuade", level="C")
        TrackUse.record(first.id, "half", cast.sun.id, twin.id)
    lin.post(f"/playbook/{first.id}/uses", data={"submission_id": new_id(), "customer": mill.id, "outcome": "flat"})
    assert line_for(mill).track.id != first.id


def test_for_no_customer_or_a_foreign_one_nothing_is_noted(lin, cast, mill, library):
    with gate.transaction():
        foreign = a_customer(cast.wu)
    track = line_for(mill).track
    assert lin.post(f"/playbook/{track.id}/misfits", data={"submission_id": new_id()}).status_code == 422
    body = {"submission_id": new_id(), "customer": foreign.id}
    assert lin.post(f"/playbook/{track.id}/misfits", data=body).status_code == 404
    assert db.session.query(Misfit).count() == 0


def test_what_he_said_is_asked_on_the_card_and_in_the_report(lin, mill, library):
    for page in (card(lin, mill), lin.get(f"/customers/{mill.id}/reports/new").text):
        assert '<button class="chip" form="heard" name="q" value="太贵">' in page
        assert (
            f'<form id="heard" hidden action="/playbook"><input type="hidden" name="customer" value="{mill.id}">'
            in page
        )
