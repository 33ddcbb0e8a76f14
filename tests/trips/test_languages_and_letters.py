"""Three languages, remembered; and a house for those who use no mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.trips.addresses import Addresses
from tests.trips.conftest import DESK, PHONE, awake
from tests.trips.walking import Walk

pytestmark = pytest.mark.browser


def test_who_cannot_read_the_door_changes_its_language_before_going_in(arrive: Callable[..., Page]) -> None:
    page = arrive("", PHONE)
    awake(page, "/sign-in")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Doorstep")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="繁體").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登門")
    page.get_by_role("button", name="简体").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登门")


def test_a_language_chosen_inside_is_there_on_the_next_phone_too(house: Addresses, arrive: Callable[..., Page]) -> None:
    page = arrive("director", DESK)
    awake(page, "/settings")
    page.get_by_text("English", exact=True).click()
    page.get_by_role("button", name="存好").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Customers")).to_be_visible()

    other = arrive("director", PHONE)
    awake(other, "/customers")
    expect(other.get_by_role("heading", level=1)).to_have_text("Customers")

    awake(page, "/settings")
    page.get_by_text("繁體中文", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    page.get_by_text("跟手機走", exact=True).first.click()
    page.get_by_role("button", name="存好").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


RING = "() => getComputedStyle(document.activeElement).outlineStyle !== 'none'"
IN_DOCK = "() => Boolean(document.activeElement.closest('.foot'))"
WORD = "() => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()"


@pytest.mark.parametrize("name", ["door", "report", "customers", "plan"])
def test_every_button_under_the_thumb_is_reached_by_tab_with_a_ring_around_it(
    house: Addresses, arrive: Callable[..., Page], name: str
) -> None:
    customer = house.customer("恒润纺机")
    paths = {"door": customer, "report": f"{customer}/reports/new", "customers": "/customers", "plan": "/"}
    page = arrive("lin", PHONE, is_mobile=False)
    awake(page, paths[name])
    dock = page.locator(".foot").locator("a, button, input:not([type=hidden])").locator("visible=true")
    wanted = {element.get_attribute("aria-label") or element.inner_text().strip() for element in dock.all()}
    reached = set()
    for _key in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if page.evaluate(IN_DOCK):
            assert page.evaluate(RING), page.evaluate(WORD)
            reached.add(page.evaluate(WORD))
    assert {word.replace("\n", "") for word in wanted} <= {word.replace("\n", "") for word in reached}


def test_the_first_tab_leads_past_everything_to_the_page_itself(arrive: Callable[..., Page]) -> None:
    page = arrive("lin", PHONE, is_mobile=False)
    awake(page, "/customers")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="直接看正文")).to_be_focused()
    Walk(page).says("直接看正文")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
