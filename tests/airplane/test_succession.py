"""One worker follows another: it waits its turn, and one that does harm can be called back without losing a word."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.airplane import writing
from tests.airplane.accidents import eventually
from tests.airplane.conftest import House, Phone, expect, until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
READY = "navigator.serviceWorker.ready"
UPDATE = f"{READY}.then((registration) => registration.update()).then(() => true, () => true)"
WAITS = f"{READY}.then((registration) => Boolean(registration.waiting))"


def release(house: House, monkeypatch: pytest.MonkeyPatch, script: str = "") -> None:
    """From now on the house hands out another worker: the same with a remark, or this one."""
    answer = house.app.view_functions["pwa.worker"]

    def newer() -> Any:
        response = answer()
        response.set_data(script or response.get_data() + b"// the next release\n")
        return response

    newer.is_public = True  # type: ignore[attr-defined]
    monkeypatch.setitem(house.app.view_functions, "pwa.worker", newer)


def offer(house: House, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next release is there, and waits on this phone."""
    release(house, monkeypatch)
    page.evaluate(UPDATE)
    eventually(page, WAITS)


def test_a_new_version_waits_until_lin_asks_and_never_comes_over_a_form(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = phone.first_sync()
    offer(house, page, monkeypatch)
    page.goto(f"{house.address}/customers/{house.customers[0].id}/attention/new")
    expect(page.get_by_text("新版准备好了")).to_be_visible()
    page.locator("form#notice [name=observed]").press_sequentially("越野车")
    page.get_by_role("button", name="换上").click()
    expect(page.get_by_text("有张表正写着，写完再换。")).to_be_visible()
    assert page.evaluate(WAITS)
    page.goto(house.address + "/customers")
    page.get_by_role("button", name="换上").click()
    expect(page.get_by_text("新版准备好了")).to_have_count(0)
    until(page, f"{WAITS}.then((waits) => !waits)")


@pytest.mark.parametrize("is_writing", [False, True])
def test_a_worker_that_is_called_back_leaves_what_is_unsent_and_what_is_being_written(
    is_writing: bool, house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    writing.attention(house, page)
    writing.kept(page)
    user = page.evaluate("document.body.dataset.user")
    script = f'import {{ leave }} from "/assets/{house.app.config["BUILD"]}/service_worker/leave.js";\n\nleave();\n'
    with monkeypatch.context() as harm:
        release(house, harm, script)
        house.sign_everybody_out()  # so that nothing goes in the meantime
        house.line.be("pass")
        if is_writing:
            writes_on_without_a_worker(house, phone, page)
        else:
            page.evaluate(UPDATE)
        expect(page).to_have_url(re.compile("/sign-in"))
        assert f"doorstep-{user}" in page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
        assert page.evaluate("caches.keys()") == []
    phone.sign_in()
    page.goto(house.address + "/outbox")
    until(page, "Boolean(navigator.serviceWorker.controller)")
    phone.arrive(page)


def writes_on_without_a_worker(house: House, phone: Phone, page: Page) -> None:
    """In another tab, while the worker goes: nothing is taken from under the hand, and it is kept in the small store."""
    other = phone.open(f"/customers/{house.customers[1].id}/attention/new")
    other.locator("form#notice [name=observed]").press_sequentially("越野")
    page.evaluate(UPDATE)
    until(page, "navigator.serviceWorker.getRegistration().then((there) => !there)")
    other.locator("form#notice [name=observed]").press_sequentially("车")
    expect(other.locator("form#notice [name=observed]")).to_have_value("越野车")
    until(other, "JSON.stringify(localStorage).includes('越野车')")
    other.close()
    page.reload()
