"""Firefox and WebKit (no Background Sync; WebKit keeps no Blobs and cannot be asked for persistence): capture, queue,
flush, photo, sign-out. The same steps in both, said to the page itself."""

import base64
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Page, Playwright

from doors import machine
from tests.airplane import writing
from tests.airplane.conftest import House
from tests.airplane.webdriver import Driver, webkit
from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.visits.models import Attachment, Report

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


DEBIANS = pytest.mark.skipif(machine.is_mac(), reason="Debian's browsers")


SPEAKS_CHINESE = {"intl.accept_languages": "zh-CN, zh"}
"""Said by the worker too, which the locale of a page does not reach: it may ask before anybody has signed in."""


class Browser(Protocol):
    def open(self, url: str) -> None: ...

    def run(self, function: str, given: Any = None) -> Any: ...


class Firefox:
    """Debian's own, over WebDriver BiDi."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, url: str) -> None:
        self.page.goto(url)

    def run(self, function: str, given: Any = None) -> Any:
        return self.page.evaluate(function, given)


@pytest.fixture
def firefox(playwright: Playwright, tmp_path: Path) -> Iterator[Browser]:
    options = {
        "channel": "moz-firefox",
        "executable_path": "/usr/bin/firefox-esr",
        "firefox_user_prefs": SPEAKS_CHINESE,
    }
    context = playwright.firefox.launch_persistent_context(str(tmp_path / "firefox"), **options, locale="zh-CN")  # type: ignore[arg-type]
    yield Firefox(context.pages[0] if context.pages else context.new_page())
    context.close()


@pytest.fixture
def webkitgtk() -> Iterator[Driver]:
    with webkit() as driver:
        yield driver


def until(browser: Browser, function: str, given: Any = None, patience: float = 120) -> Any:
    """What it gives once that is something; pages that change meanwhile are asked again."""
    end, said = time.monotonic() + patience, None
    while time.monotonic() < end:
        try:
            if (said := browser.run(function, given)) and not str(said).startswith("error:"):
                return said
        except Exception as error:
            said = error
        time.sleep(0.2)
    raise AssertionError(f"not in time: {function} {given} → {said}")


ASK = """async (kind) => { const { controller } = navigator.serviceWorker; if (!controller) return null;
  return new Promise((done) => { const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data); setTimeout(done, 5000, null); controller.postMessage({ kind, now: true }, [port2]); }); }"""
WHOLE = (
    f"async () => {{ const state = await ({ASK})('state'); return Boolean(state && state.whole && !state.pulling); }}"
)
SENT = f"async () => {{ const state = await ({ASK})('state'); return Boolean(state && state.waiting + state.files === 0); }}"
SIGN_IN = """([name, password]) => { const form = document.querySelector("#name").form; form.elements.name.value = name;
  form.elements.password.value = password; form.requestSubmit(); return true; }"""
THERE = "(selector) => Boolean(document.querySelector(selector))"
SAYS = "(words) => document.body.innerText.includes(words)"
PRESS = """(words) => { const button = [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === words);
  button?.click(); return Boolean(button); }"""
WRITE = """([needs, photo]) => { const form = document.querySelector("form#visit");
  for (const name of ["met", "purpose", "result", "next_on"]) {
    if (!form.querySelector(`[name=${name}]:checked`)) form.querySelector(`[name=${name}]`).click();
  }
  form.elements.needs.value = needs; form.elements.next_step.value = "带样品去";
  form.elements.needs.dispatchEvent(new Event("input", { bubbles: true }));
  const input = form.querySelector("input[name=photos]"), bag = new DataTransfer();
  bag.items.add(new File([Uint8Array.from(atob(photo), (c) => c.charCodeAt(0))], "a.jpg", { type: "image/jpeg" }));
  input.files = bag.files; input.dispatchEvent(new Event("change", { bubbles: true })); return true; }"""


def a_day(house: House, browser: Browser) -> None:
    """Sign in, carry the pack, report with a photo without a line, deliver, sign out."""
    with house.app.app_context(), gate.transaction():
        db.session.get_one(User, house.people.lin).language = "zh_Hans"  # whatever the machine speaks
    browser.open(house.address + "/sign-in")
    until(browser, THERE, "#password")
    browser.run(SIGN_IN, ["lin", "doorstep-demo"])
    until(browser, THERE, ".tabs")
    until(browser, WHOLE)

    house.line.be("refuse")
    browser.open(f"{house.address}/customers/{house.customers[0].id}/reports/new")
    until(browser, THERE, "form#visit")
    until(browser, WRITE, ["停一次机损失六千", base64.b64encode(writing.picture()).decode()])
    until(browser, THERE, "[data-shots] img")
    until(browser, PRESS, "交报告")
    until(browser, SAYS, "存好了，有信号就送。")
    assert house.count(Report) == 0
    browser.open(house.address + "/outbox")
    until(browser, "() => document.querySelectorAll('[data-rows] article').length === 1")

    house.line.be("pass")
    until(browser, PRESS, "现在送")
    until(browser, SENT)
    assert (house.count(Report), house.count(Attachment)) == (1, 1)
    with house.app.app_context():
        assert db.session.scalars(db.select(Report.needs)).all() == ["停一次机损失六千"]

    browser.open(house.address + "/settings")
    until(browser, THERE, "form[action='/sign-out']")
    until(browser, PRESS, "退出登录")
    until(browser, THERE, "#password")
    house.line.be("refuse")
    browser.open(f"{house.address}/customers/{house.customers[0].id}")
    until(browser, SAYS, "这一页现在打不开")
    assert not browser.run(SAYS, "恒润纺机")


@DEBIANS
def test_a_day_in_firefox(house: House, firefox: Browser) -> None:
    a_day(house, firefox)


@DEBIANS
def test_a_day_in_webkit(house: House, webkitgtk: Driver) -> None:
    a_day(house, webkitgtk)
