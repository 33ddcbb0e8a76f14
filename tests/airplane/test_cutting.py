"""Deliveries that break at every place where they can break."""

import time

import pytest
from playwright.sync_api import Page

from tests.airplane import writing
from tests.airplane.accidents import DELIVERY, FLUSH, FULL, deliver, nothing_lost_or_doubled, save, there
from tests.airplane.conftest import ASK, House, Phone, expect, until
from webapp.visits.models import Attachment

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

STEP = 64
FIRST_BYTE = (
    "(() => { const [one] = performance.getEntriesByType('navigation'); return one.responseStart - one.startTime; })()"
)


def places(longest: int) -> list[int]:
    """Every 64th byte; in a short run the borders and three between them."""
    every = [*range(1, longest, STEP), longest - 1]
    return every if FULL else sorted({every[0], *every[len(every) // 4 :: max(1, len(every) // 4)], every[-1]})


def test_a_delivery_that_is_reset_at_any_byte_of_question_or_answer_arrives_once(house: House, phone: Phone) -> None:
    page, before = phone.first_sync(), len(there(house))
    house.line.be("pass", DELIVERY)
    said = [save(house, page)]
    deliver(phone, page)
    [(asked, answered)] = house.line.lengths[-1:]
    cuts = [f"cut_request:{n}" for n in places(asked)] + [f"cut_reply:{n}" for n in places(answered)]
    for cut in cuts:
        house.line.be(cut, DELIVERY)
        said.append(save(house, page))
        assert said[-1][1] == "saved", cut
        deliver(phone, page)
    nothing_lost_or_doubled(house, said, before)
    assert len(there(house)) == before + len(said)


def test_a_photo_that_breaks_off_goes_on_where_it_stopped(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("cut_request:70000", b"PATCH /attachments")
    writing.report(house, page, photo=True)
    until(page, f"({ASK})('state').then(({{ waiting, files }}) => waiting === 0 && files === 1)")
    for cut in range(1, 400_000, 40_000 if FULL else 150_000):
        house.line.be(f"cut_request:{cut}", b"PATCH /attachments")
        until(page, FLUSH)
    deliver(phone, page)
    assert house.count(Attachment) == 1


def test_in_a_black_hole_no_screen_waits_a_second_for_the_network(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    urls = page.evaluate(ASK, "urls")
    house.line.be("hang")
    waited = {}
    for path in urls if FULL else urls[:: max(1, len(urls) // 12)]:
        page.goto(house.address + path)
        waited[path] = page.evaluate(FIRST_BYTE)
    page.goto(house.address + "/about?not=carried")
    waited["not carried"] = page.evaluate(FIRST_BYTE)
    assert {path: ms for path, ms in waited.items() if ms > 1000} == {}


def test_in_a_black_hole_what_is_saved_is_said_within_a_second(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("hang")
    page.goto(f"{house.address}/customers/{house.customers[0].id}/attention/new")
    page.wait_for_timeout(11_000)  # somebody writes; what was heard of the line is old by now
    begun = time.monotonic()
    assert save(house, page)[1] == "saved"
    assert time.monotonic() - begun < 1.3


@pytest.mark.parametrize("status", ["413", "429:2", "503:2"])
def test_a_house_that_says_not_now_gets_it_later(house: House, phone: Phone, status: str) -> None:
    page, before = phone.first_sync(), len(there(house))
    house.line.be("refuse")
    said = [save(house, page, n % 4) for n in range(3)]
    house.line.be(f"answer:{status}", DELIVERY)
    page.evaluate(ASK, "flush")
    state = phone.state(page)
    if status != "413":
        assert state["waiting"] == 3 and not state["stuck"]
        assert state["next"] - page.evaluate("Date.now()") > 500
    assert len(there(house)) == before
    if status == "413":
        return still_on_the_phone(house, page, state)
    deliver(phone, page)
    nothing_lost_or_doubled(house, said, before)
    assert len(there(house)) == before + 3


def still_on_the_phone(house: House, page: Page, state: dict) -> None:
    """Too big even alone: red, on the phone, with its words; nothing is thrown away."""
    assert state["waiting"] + state["stuck"] == 3
    house.line.be("pass")
    page.goto(house.address + "/outbox")
    expect(page.locator("[data-rows] p", has_text="太大了，服务器收不下。").first).to_be_visible()


def test_two_tabs_and_the_worker_send_at_once_and_each_thing_once(house: House, phone: Phone) -> None:
    page, before = phone.first_sync(), len(there(house))
    other = phone.open("/outbox")
    house.line.be("refuse")
    said = [save(house, page, n % 4) for n in range(12 if FULL else 5)]
    house.line.be("pass")
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    for tab in (page, other):
        tab.evaluate(f"void ({ASK})('flush')")
    for _ in range(3):
        sync = {"origin": house.address, "registrationId": found[0], "tag": "outbox-now", "lastChance": False}
        session.send("ServiceWorker.dispatchSyncEvent", sync)
        page.evaluate(f"void ({ASK})('flush')")
        other.evaluate(f"void ({ASK})('flush')")
    phone.arrive(page)
    nothing_lost_or_doubled(house, said, before)
    assert len(there(house)) == before + len(said)
