"""At the door, without a signal: lin reckons with the customer, shows him what comes out, and keeps it; with a signal again it
stands in his file with the same figures."""

import re

import pytest
from playwright.sync_api import Page

from tests.airplane import writing
from tests.airplane.conftest import House, Phone, expect, until
from webapp.foundation.db import db
from webapp.worth.models import Comparison

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

TYPED = {
    "title": "6205轴承", "rival": "国产6205", "ours_price": "3600", "theirs_price": "680", "ours_life": "100000",
    "theirs_life": "8000", "ours_change": "900", "theirs_change": "900",
}  # fmt: skip


def reckons(page: Page, house: House) -> None:
    page.goto(f"{house.address}/customers/{house.customers[0].id}")
    page.get_by_role("link", name="算给他看").click()
    expect(page.get_by_role("heading", name="算总账")).to_be_visible()
    expect(page.locator(".bar .small")).to_have_text("恒润纺机")
    expect(page.get_by_text("两边的单价填好，这里就有结果。")).to_be_visible()
    for name, typed in TYPED.items():
        page.locator(f"#sums [name={name}]").fill(typed)
    expect(page.locator("output:visible")).to_have_text("¥11,300")
    page.locator("#sums [name=quantity]").fill("１2")  # as a Chinese keyboard writes it
    expect(page.locator("output:visible")).to_have_text("¥135,600")
    expect(page.get_by_text("第2年回本")).to_be_visible()
    assert page.locator("[data-path=ours]").get_attribute("d", timeout=1000).startswith("M6 137.8H36.5")  # type: ignore[union-attr]


def shows_it(page: Page) -> None:
    page.get_by_role("button", name="给他看").click()
    shown = page.locator("#worth")
    assert shown.evaluate(
        "(part) => part.matches(':popover-open') && part.getBoundingClientRect().height >= innerHeight"
    )
    assert shown.evaluate("(part) => getComputedStyle(part).getPropertyValue('color-scheme')") == "light"
    page.mouse.click(195, 600)
    assert not shown.evaluate("(part) => part.matches(':popover-open')")


def hands_it_on(page: Page) -> None:
    page.evaluate("() => { navigator.canShare = () => true; }")
    page.evaluate("() => { navigator.share = async (said) => { window.handedOn = said.text ?? said.files[0].size; }; }")
    for button, what in (("发文字", "string"), ("发图片", "number")):
        page.get_by_role("button", name="发给他").click()
        page.get_by_role("button", name=button).click()
        until(page, f"typeof window.handedOn === '{what}'")
        if what == "string":
            assert "选我们省\n¥135,600" in page.evaluate("window.handedOn")
    assert page.evaluate("window.handedOn") > 10_000


def test_what_is_reckoned_at_the_door_stands_in_the_file_with_the_same_figures(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    reckons(page, house)
    shows_it(page)
    hands_it_on(page)
    page.get_by_role("button", name="存进档案").click()
    writing.kept(page)
    assert house.count(Comparison) == 0

    phone.send_all(page)
    page.goto(f"{house.address}/customers/{house.customers[0].id}")
    page.locator(".trail").get_by_role("link", name="算总账").click()
    page.wait_for_url(re.compile("/comparisons/"))
    expect(page.locator("output:visible")).to_have_text("¥135,600")
    expect(page.get_by_text("第2年回本")).to_be_visible()
    with house.app.app_context():
        [one] = db.session.scalars(db.select(Comparison))
        assert (one.now.saved_cents, one.now.even_year, one.customer_id) == (13_560_000, 2, house.customers[0].id)
