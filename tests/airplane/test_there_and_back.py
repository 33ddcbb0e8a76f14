"""The loop is closed: lin writes without a signal, zhou's browser rings for real, he reads, speaks and signs off, and lin's phone
shows how far it got. Two browsers at once, and between house and Firefox a push service that cannot read what it carries."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.airplane import writing
from tests.airplane.conftest import ASK, WHOLE, House, Phone, expect, until
from tests.airplane.firefox import Firefox
from tests.airplane.proxy import Line
from tests.airplane.test_other_browsers import DEBIANS
from tests.push.autopush import Autopush, running
from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.push import keys
from webapp.push.models import Wishes
from webapp.visits.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
FIRST_WORDS = "(all) => all.map(({ firstChild }) => firstChild.textContent)"


@pytest.fixture
def push_service(house: House) -> Iterator[Autopush]:
    """The house has its keys, and may push to this machine because it is a test."""
    house.app.config["SETTINGS"] = replace(house.app.config["SETTINGS"], push_loopback=True)
    with house.app.app_context():
        public = keys.make("mailto:ops@example.com").public
    with running(public) as service:
        yield service


@pytest.fixture
def zhou(house: House, playwright: Playwright, push_service: Autopush, tmp_path: Path) -> Iterator[Firefox]:
    """Zhou sits where there is a line, whatever becomes of lin's."""
    his = replace(house, line=Line(house.line.to_port))
    with house.app.app_context(), gate.transaction():
        db.session.get_one(User, house.people.zhou).language = "zh_Hans"  # whatever the machine speaks
        Wishes.of(house.people.zhou).keep([], "", "")  # and whatever hour it is: browsers go by the real time
    firefox = Firefox(playwright, tmp_path / "zhou", his, push_service.port)
    firefox.sign_in("zhou")
    yield firefox
    firefox.context.close()
    his.line.close()


def wants_to_be_told(zhou: Firefox) -> Page:
    page = zhou.open("/inbox")
    until(page, "Boolean(navigator.serviceWorker.controller)")
    until(page, WHOLE)
    page.get_by_role("button", name="开提醒").click()
    expect(page.get_by_text("这部手机会提醒你")).to_be_visible()
    return page


def look(page: Page) -> None:
    """The phone asks the house what is new."""
    page.evaluate(ASK.replace("now: true", "urgent: true"), "look")


def how_far(house: House, page: Page) -> dict[str, list[str]]:
    """What lin's outbox says has been done with each thing, by the name of its kind."""
    look(page)
    page.goto(house.address + "/outbox")
    page.locator(".ticks").first.wait_for()
    return {
        row.locator("h3").inner_text().split(" ")[0]: row.locator(".ticks li.is-done").evaluate_all(FIRST_WORDS)
        for row in page.locator("[data-receipt]").all()
    }


def writes_in_the_tunnel(house: House, page: Page) -> None:
    house.line.be("refuse")
    writing.report(house, page)
    writing.kept(page)
    writing.daily(house, page)
    writing.kept(page)
    calls_zhou_on_the_card(house, page)
    page.goto(house.address + "/outbox")
    expect(page.locator("[data-rows] article")).to_have_count(3)
    assert house.count(Report) == 0


def calls_zhou_on_the_card(house: House, page: Page) -> None:
    """Whom she may mean is offered while she types, in the tunnel too."""
    page.goto(f"{house.address}/customers/{house.customers[1].id}")
    remark = page.locator("form#comment textarea")
    for _ in range(50):  # the behaviour wakes up with the page
        remark.fill("")
        remark.press_sequentially("@zjg")
        if page.get_by_role("button", name="@周建国").count():
            break
        page.wait_for_timeout(100)
    page.get_by_role("button", name="@周建国").click()
    remark.press_sequentially("他们要换供应商")
    expect(remark).to_have_value("@周建国 他们要换供应商")
    page.locator("form#comment").get_by_role("button", name="发出去").click()
    writing.kept(page)


def comes_out_of_it(house: House, phone: Phone, page: Page) -> None:
    house.line.be("pass")
    page.get_by_role("button", name="现在送").click()
    phone.arrive(page)
    there = ["手机", "服务器"]
    assert how_far(house, page) == {"拜访报告": there, "日报": there, "批示": there}


def reads_and_answers(page: Page) -> None:
    """Zhou, where the notification has led him; then on to what waits."""
    page.wait_for_url(re.compile("/reviews/visit/"))
    expect(page.get_by_text("停一次机损失六千")).to_be_visible()
    page.locator("form#comment textarea").fill("问到点子上了，样品我来催")
    page.get_by_role("button", name="发出去").click()
    expect(page.locator(".talk")).to_contain_text("样品我来催")


def signs_the_day(zhou: Firefox, page: Page) -> None:
    page.goto(zhou.house.address + "/reviews")
    page.get_by_role("button", name="核签", exact=True).click()
    expect(page.get_by_text("都看完了")).to_be_visible()
    zhou.arrive(page)


def hears_of_it(house: House, page: Page) -> None:
    """Lin: her inbox says who said what, and leads to where she reads it."""
    look(page)
    page.goto(house.address + "/inbox")
    remark = page.locator(".inbox [data-unread]", has_text="有人给你批示 · 周建国")
    expect(remark).to_contain_text("样品我来催")
    expect(page.locator(".inbox [data-unread]", has_text="主管核签了")).to_be_visible()
    remark.get_by_role("link").click()
    page.wait_for_url(re.compile("/reports/"))
    expect(page.locator(".talk")).to_contain_text("问到点子上了")


@DEBIANS
def test_what_lin_wrote_without_a_signal_rings_at_zhou_s_and_comes_back_read_answered_and_signed(
    house: House, phone: Phone, zhou: Firefox, push_service: Autopush
) -> None:
    his, hers = wants_to_be_told(zhou), phone.first_sync()
    writes_in_the_tunnel(house, hers)
    comes_out_of_it(house, phone, hers)

    rung = ["拜访报告交来了", "日报交来了", "有人提到你"]
    assert sorted(zhou.told(his, 3)) == [[title, "点开看看"] for title in sorted(rung)]
    assert all("恒润".encode() not in push["body"] for push in push_service.got)
    zhou.tap("拜访报告交来了")
    reads_and_answers(his)
    signs_the_day(zhou, his)

    assert how_far(house, hers) == {
        "拜访报告": ["手机", "服务器", "已打开"],
        "日报": ["手机", "服务器", "已打开", "已核签"],
        "批示": ["手机", "服务器"],
    }
    hears_of_it(house, hers)
