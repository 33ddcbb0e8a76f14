"""A supervisor's phone: a team's day signed off with one thumb, without a signal too, and nothing that has changed meanwhile."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests import making
from tests.airplane.conftest import WHOLE, House, Phone, expect, until
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.reviews.models import Opening, Review
from webapp.urgent.models import Complaint
from webapp.visits.daily_figures import figures_of
from webapp.visits.models import DailyReport

# The app runs in a thread of this process, where the warnings of its libraries are nobody's.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def hand_in(house: House, days: int, insight: str = "先问再说") -> None:
    """Lin's daily reports of so many days, each with a visit."""
    with house.app.app_context(), gate.transaction():
        lin, customer = (db.session.get_one(making.User, house.people.lin), house.customers[0])
        for n in range(days):
            day = clock.today() - timedelta(days=n)
            if DailyReport.begun(lin, day) is None:
                making.a_report(db.session.get_one(making.Customer, customer.id), lin, day=day, needs="一年一换")
            DailyReport.of(lin, day, new_id()).hand_in(figures_of(lin, day), "field", "", insight)


@pytest.fixture
def desk(house: House, playwright: Playwright, tmp_path: Path) -> Iterator[tuple[Phone, Page]]:
    """Zhou's phone with his queue in it."""
    hand_in(house, 20)
    phone = Phone(playwright, tmp_path / "zhou", house)
    phone.sign_in("zhou")
    page = phone.open("/")
    until(page, "Boolean(navigator.serviceWorker.controller)")
    until(page, WHOLE, 60_000)
    yield phone, page
    house.line.be("pass")
    phone.context.close()


def sign(page: Page) -> None:
    here = page.url
    page.get_by_role("button", name="核签", exact=True).click()
    page.wait_for_url(lambda url: url != here, timeout=15_000)


def decided(house: House) -> list[tuple[str, bool]]:
    with house.app.app_context():
        return [(row.verdict, row.is_outdated) for row in db.session.scalars(db.select(Review))]


def open_first(house: House, page: Page) -> None:
    """The first of what waits, from the queue."""
    page.goto(house.address + "/reviews")
    page.locator("#first").locator("xpath=ancestor::article").locator("h3 a").click()
    expect(page.locator("form#verdict")).to_be_visible()


def test_twenty_reports_are_signed_off_with_one_tap_each_and_one_for_a_phrase(
    house: House, desk: tuple[Phone, Page]
) -> None:
    phone, page = desk
    open_first(house, page)
    taps = 0
    for n in range(20):
        expect(page.locator("form#verdict")).to_be_visible()
        if n % 4 == 0:
            page.locator("label", has_text="心得写得好").click()
            taps += 1
        sign(page)
        taps += 1
    expect(page).to_have_url(re.compile("/reviews$"))
    phone.arrive(page)
    assert decided(house) == [("approved", False)] * 20
    assert taps == 25  # three minutes are seven seconds for each


def test_a_sign_off_without_a_signal_goes_on_to_the_next_and_arrives_later(
    house: House, desk: tuple[Phone, Page]
) -> None:
    phone, page = desk
    house.line.be("refuse")
    page.goto(house.address + "/reviews")
    expect(page.get_by_role("link", name="东西还在谁的手机上")).to_be_visible()
    page.wait_for_timeout(700)
    expect(page.get_by_role("alert")).to_have_count(0)  # nobody tapped anything
    open_first(house, page)
    first = page.url
    for _ in range(3):
        sign(page)
        expect(page.locator("form#verdict")).to_be_visible()
    page.goto(house.address + "/customers?q=hr")
    expect(page.get_by_text("或者是别人的客户")).to_be_visible()
    page.goto(first)
    expect(page.get_by_text("核过了，存在手机上，有信号就送。")).to_be_visible()
    assert decided(house) == []

    phone.send_all(page)
    assert decided(house) == [("approved", False)] * 3
    for _ in range(50):  # what was only opened is told behind what was signed
        if house.count(Opening) < 4:
            page.wait_for_timeout(100)
    assert house.count(Opening) == 4


def test_what_changed_meanwhile_gets_no_clean_sign_off_and_both_see_what(
    house: House, desk: tuple[Phone, Page]
) -> None:
    phone, page = desk
    house.line.be("refuse")
    open_first(house, page)
    url = page.url
    page.locator("textarea[name=text]").fill("写得好")
    sign(page)
    hand_in(house, 20, insight="改过了：先算停机损失")

    phone.send_all(page)
    assert decided(house) == [("approved", True)]
    with house.app.app_context():
        assert set(db.session.scalars(db.select(DailyReport.state))) == {"handed_in"}
    page.goto(url)
    until(page, WHOLE)
    page.goto(url)
    expect(page.get_by_role("alert")).to_contain_text("他又改了")
    expect(page.locator("del").first).to_contain_text("先问再说")
    expect(page.locator("ins").first).to_contain_text("改过了：先算停机损失")


def test_a_complaint_is_reported_without_a_signal_and_goes_up_with_the_first_bar(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    page.goto(f"{house.address}/customers/{house.customers[1].id}/complaints/new")
    page.locator("textarea[name=said]").fill("十月批次异响")
    page.get_by_role("button", name="马上报").click()
    expect(page.get_by_text("存好了，有信号就送。")).to_be_visible()
    assert house.count(Complaint) == 0

    phone.send_all(page)
    assert house.count(Complaint) == 1
    page.goto(house.address + "/")
    expect(page.get_by_role("heading", name="客诉，先办")).to_be_visible()

    page.get_by_role("link", name="宏锦印染").first.click()
    expect(page.locator("form#step")).to_be_visible()
    house.line.be("refuse")
    page.locator("form#step textarea").fill("当面道了歉")
    page.get_by_role("button", name="做完了").click()
    for _ in ("at once", "whenever he comes back"):
        expect(page.locator("[data-kept]").first).to_be_visible()
        expect(page.locator("form#step")).to_be_hidden()
        expect(page.get_by_role("button", name="做完了")).to_have_count(0)
        page.reload()
    url = page.url
    phone.send_all(page)
    page.goto(url)
    expect(page.locator("form#step")).to_be_visible()


def test_the_keys_of_a_desk_do_what_a_thumb_does(house: House, desk: tuple[Phone, Page]) -> None:
    _phone, page = desk
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(house.address + "/reviews")
    for _ in range(50):  # the keys wake up with the page
        page.keyboard.press("j")
        if page.evaluate("Boolean(document.activeElement.closest('[data-queue]'))"):
            break
        page.wait_for_timeout(100)
    page.keyboard.press("Enter")
    expect(page.locator("form#verdict")).to_be_visible()
    expect(page.get_by_text("键盘：j下一件")).to_be_visible()
    expect(page.locator("form#verdict")).to_be_visible()
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("c")
    expect(page.locator("textarea[name=text]")).to_be_focused()
    page.keyboard.type("aj")
    expect(page.locator("textarea[name=text]")).to_have_value("aj")
    page.locator("h1").click()
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url != second)
