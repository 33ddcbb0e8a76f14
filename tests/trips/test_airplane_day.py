"""A day in airplane mode: what a rep does without a signal is what he does with one."""

import re

import pytest

from tests.trips.conftest import ASK, House, Phone, expect
from webapp.attention.models import AttentionItem
from webapp.foundation.db import db
from webapp.visits.models import DayPlan, Promise, Report

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]  # the app runs in a thread of this process


def test_every_screen_of_lin_opens_without_a_signal(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    urls = page.evaluate(ASK, "urls")
    assert f"/customers/{house.customers[3].id}" in urls
    house.line.be("refuse")
    first = house.customers[0].id
    closed = []
    for path in ("/", *urls):
        page.goto(house.address + path)
        if page.locator("body[data-edition]").count() != 1 or (
            page.locator("[data-behaviour=not-here]").count() and path != "/offline"
        ):
            closed.append(path)
    assert not closed
    page.goto(house.address + "/")
    for word in ("客户", "话术", "寄件箱", "今天"):
        page.get_by_role("navigation", name="主导航").get_by_role("link", name=word).click()
        expect(page.get_by_role("navigation", name="主导航").get_by_role("link", name=word)).to_have_attribute(
            "aria-current", "page"
        )
    page.goto(house.address + f"/customers/{first}")
    page.get_by_role("link", name="报告").first.click()
    expect(page.locator("form#visit")).to_be_visible()


def test_a_page_that_is_not_carried_names_what_is_there_and_opens_when_it_comes(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("hang")
    page.goto(house.address + "/about")
    expect(page.get_by_role("heading", name="这一页现在打不开")).to_be_visible(timeout=3000)
    expect(page.get_by_role("link", name="客户")).to_be_visible()
    house.line.be("pass")
