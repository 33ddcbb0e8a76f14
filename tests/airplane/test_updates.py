"""A new release comes while people work: it waits for a cold start or for a tap, never falls into a delivery or over a
form, and what was written under the old one arrives under the new one."""

import re

import pytest

from tests.airplane.accidents import DELIVERY, deliver, eventually, nothing_lost_or_doubled, save, there, times
from tests.airplane.conftest import ASK, House, Phone, expect
from tests.airplane.test_succession import WAITS, offer

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def test_no_new_worker_falls_into_a_delivery(house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    page, before = phone.first_sync(), len(there(house))
    said = []
    for n in range(times(1, 20)):
        offer(house, page, monkeypatch)
        house.line.be("hang", DELIVERY)
        page.goto(house.address + "/customers")
        said.append(save(house, page, n % 4))
        page.evaluate(f"void ({ASK})('flush')")
        eventually(page, f"({ASK})('state').then(({{ busy }}) => busy)")
        page.get_by_role("button", name="换上").click()
        expect(page.get_by_text("正在送东西，送完再换。")).to_be_visible()
        assert page.evaluate(WAITS)
        deliver(phone, page)
        page.get_by_role("button", name="换上").click()
        eventually(page, f"{WAITS}.then((waits) => !waits)")
        eventually(page, "Boolean(navigator.serviceWorker.controller)")
    nothing_lost_or_doubled(house, said, before)
    assert len(there(house)) == before + len(said)


def test_a_form_that_is_being_written_in_another_tab_keeps_the_old_version_for_all(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = phone.first_sync()
    other = phone.open(f"/customers/{house.customers[0].id}/attention/new")
    other.locator("form#notice [name=observed]").press_sequentially("越野车")
    offer(house, page, monkeypatch)
    page.goto(house.address + "/customers")
    page.get_by_role("button", name="换上").click()
    expect(page.get_by_text("有张表正写着，写完再换。")).to_be_visible()
    assert page.evaluate(WAITS)
    expect(other.locator("form#notice [name=observed]")).to_have_value("越野车")


def test_at_a_cold_start_the_new_version_is_there_and_what_waited_goes(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, before = phone.first_sync(), len(there(house))
    house.line.be("refuse")
    said = [save(house, page)]
    house.line.be("hang", DELIVERY)
    offer(house, page, monkeypatch)
    phone.context.close()
    phone.switch_on()
    phone.sign_in()
    page = phone.open("/outbox")
    eventually(page, "Boolean(navigator.serviceWorker.controller)")
    eventually(page, f"{WAITS}.then((waits) => !waits)")
    deliver(phone, page)
    nothing_lost_or_doubled(house, said, before)
    assert len(there(house)) == before + 1


def test_without_web_locks_a_second_page_is_reason_enough_to_wait(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    lockless = house.app.view_functions["pwa.worker"]

    def without_locks():  # type: ignore[no-untyped-def]
        response = lockless()
        response.set_data(b'Object.defineProperty(navigator, "locks", { value: undefined });\n' + response.get_data())
        return response

    without_locks.is_public = True  # type: ignore[attr-defined]
    monkeypatch.setitem(house.app.view_functions, "pwa.worker", without_locks)
    page = phone.first_sync()
    other = phone.open("/customers")
    offer(house, page, monkeypatch)
    page.goto(house.address + "/customers")
    page.get_by_role("button", name="换上").click()
    expect(page.get_by_text("有张表正写着，写完再换。")).to_be_visible()
    other.close()
    page.get_by_role("button", name="换上").click()
    eventually(page, f"{WAITS}.then((waits) => !waits)")
    assert save(house, page)[1] == "saved"


def test_while_the_new_version_takes_over_nothing_can_be_tapped_and_then_everything_comes_at_once(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked between two workers gets lost; the line is a black hole from that moment."""
    page = phone.first_sync()
    offer(house, page, monkeypatch)
    page.goto(house.address + "/customers")
    expect(page.get_by_role("button", name="换上")).to_be_visible()
    house.line.be("hang")
    tap = "document.querySelector('[data-take-over]').click()"
    assert page.evaluate(f"{tap}; [document.body.inert, Boolean(document.querySelector('.tabs a'))]") == [True, True]
    page.locator(".tabs").get_by_text("话术").click(timeout=5_000)
    expect(page).to_have_url(re.compile("/playbook$"), timeout=5_000)
    assert not page.evaluate("document.body.inert")
    house.line.be("pass")  # the old one stays as long as it waits for an answer
    eventually(page, f"{WAITS}.then((waits) => !waits)")
    house.line.be("hang")
    page.goto(house.address + "/", timeout=3_000)
    expect(page).to_have_url(re.compile("/days/"), timeout=3_000)
