"""What is due far off is shown on no day that is near: for that these are not rendered anew, at once or ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.field_pack.phone import Phone
from tests.field_pack.test_every_change import held_against
from tests.making import a_customer
from webapp.customers.models import Customer
from webapp.field_pack import keeping
from webapp.field_pack.models import Feed, PackItem
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

pytestmark = pytest.mark.slow  # each of them lays whole packs
WAIT = timedelta(minutes=10)


def ahead(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.fixture
def hengrun(cast):
    with gate.transaction():
        customer = a_customer(cast.lin, next_step="Send the offer", next_step_on=clock.today() + timedelta(days=9))
        customer.last_contact_at = clock.now()
    return customer.id


@pytest.fixture
def phone(lin, hengrun, monkeypatch):
    monkeypatch.setattr(keeping, "FAR_DAYS_WAIT", WAIT)
    phone = Phone(lin)
    phone.pull()
    return phone


@pytest.fixture
def marked(phone, hengrun):
    """The days (0 is today) whose pages a form at this customer's marks at once."""

    def file(place: str, **data: str) -> set[int]:
        before = Feed.now()
        answer = phone.browser.post(f"/customers/{hengrun}/{place}", data={"submission_id": new_id(), **data})
        assert answer.status_code == 303, answer.text
        found = db.session.scalars(select(PackItem.url).where(PackItem.number > before, PackItem.kind == "day"))
        days = {url.removeprefix("/days/") for url in found}
        return {n for n in range(-3, 19) if ahead(n) in days}

    return file


def test_a_promise_of_next_week_comes_with_its_day(phone, marked):
    assert marked("promises", text="样品", direction="ours", due_on=ahead(6)) == set()
    phone.pull()
    clock.freeze(clock.here() + WAIT)
    assert f"/days/{ahead(6)}" in phone.pull().urls and not held_against(phone)


def test_a_promise_that_is_due_soon_is_on_the_days_before_it_at_once(phone, marked):
    assert marked("promises", text="样品", direction="ours", due_on=ahead(3)) == {0, 1}
    phone.pull()
    assert not [url for url in held_against(phone).split() if url in (f"/days/{ahead(0)}", f"/days/{ahead(1)}")]


def test_a_promise_without_a_day_is_on_none(marked):
    assert marked("promises", text="样品", direction="ours", due_on="") == set()


def test_a_step_that_moves_from_one_far_day_to_another_alters_no_near_one(marked):
    assert marked("next-step", next_step="Call", when=ahead(7)) == set()


def test_a_step_that_comes_near_is_there_at_once(marked):
    assert marked("next-step", next_step="Call", when=ahead(1)) == {0, 1}


def test_a_step_of_who_complains_moves_him_among_those_who_press(marked, hengrun):
    with gate.transaction():
        db.session.get_one(Customer, hengrun).open_complaint = "It leaks"
    assert marked("next-step", next_step="Call", when=ahead(7)) == {0, 1}


def test_a_step_of_whom_something_was_promised_for_today_does_too(phone, marked):
    marked("promises", text="样品", direction="ours", due_on=ahead(0))
    assert marked("next-step", next_step="Call", when=ahead(7)) == {0, 1}
