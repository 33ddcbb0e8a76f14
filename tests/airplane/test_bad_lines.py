"""Lines that lie, hang and lose answers: nothing is lost, nothing is doubled, nobody waits."""

import os
import re
import signal
import time
from pathlib import Path

import pytest

from tests.airplane import writing
from tests.airplane.conftest import House, Phone, expect, until
from webapp.attention.models import AttentionItem
from webapp.visits.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def test_with_a_signal_a_report_is_there_at_once_and_lin_sees_it(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    writing.report(house, page)
    expect(page).to_have_url(re.compile("/reports/[0-9a-f-]{36}$"))
    expect(page.get_by_text("送到了。")).to_be_visible()
    assert house.count(Report) == 1


SLOW_THREADS = """const swift = window.fetch; window.fetch = async (...asked) => {
  if (String(asked[0].url ?? asked[0]).includes("/threads/")) await new Promise((done) => setTimeout(done, 1500));
  return swift(...asked); }"""


def test_what_the_server_refuses_comes_back_into_its_form_and_goes_once_mended(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    page.goto(f"{house.address}/customers/{house.customers[0].id}/promises/new")
    due = page.locator("form#promise [name=due_on]")
    due.fill("2099-01-15")
    page.locator("form#promise [name=text]").fill("周五前带报告")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("form#promise [role=alert]")).to_be_visible()
    expect(page.get_by_text("这个日子太远了。").first).to_be_visible()
    expect(due).to_have_value("2099-01-15")
    page.goto(house.address + "/outbox")
    page.locator("[data-rows]").get_by_role("link", name="去改").click()
    expect(due).to_have_value("2099-01-15")
    due.fill("2027-01-15")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("送到了。")).to_be_visible()
    assert phone.state(page)["stuck"] == 0
    writing.hand_in_plan(house, page)
    expect(page.get_by_text("送到了。")).to_be_visible()
    page.get_by_text("留言", exact=True).click()
    page.locator("form#comment [name=text]").fill("\u202e")  # of which nothing is left, as only the server knows
    page.get_by_role("button", name="发出去").click()
    expect(page.get_by_text("写一句再发。").first).to_be_visible()
    page.goto(house.address + "/outbox")
    page.add_init_script(SLOW_THREADS)
    page.locator("[data-rows]").get_by_role("link", name="去改").click()  # to a form that is fetched into its page
    expect(page.locator("form#comment [name=text]")).to_be_focused()


def test_what_is_missing_is_said_without_a_signal_as_with_one_and_nothing_is_kept(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    card = f"{house.address}/customers/{house.customers[0].id}"
    for form, field, words in (
        ("promises/new", "text", "写一下答应了什么。"),
        ("reports/new", "result", "谈得怎么样？点一个。"),
    ):
        page.goto(f"{card}/{form}")
        page.locator(".dock button.button--main").click()
        expect(page.get_by_text(words)).to_be_visible()
        assert page.evaluate(
            "(name) => [...document.getElementsByName(name)].includes(document.activeElement) || document.activeElement.id === name",
            field,
        )
    page.locator("form#visit [name=order]").evaluate(
        "(input) => { input.value = '1200' }"
    )  # who orders has said how it went
    page.locator(".dock button.button--main").click()
    writing.kept(page)
    assert phone.state(page)["waiting"] == 1


def test_a_lost_answer_makes_no_second_report(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("lose_reply")
    writing.report(house, page)
    writing.kept(page)
    assert house.count(Report) == 1
    phone.send_all(page)
    assert house.count(Report) == 1


@pytest.mark.parametrize("mode", ["portal", "hang", "cut_reply:80"])
def test_a_line_that_lies_is_no_line(house: House, phone: Phone, mode: str) -> None:
    page = phone.first_sync()
    house.line.be(mode)
    begun = time.monotonic()
    page.goto(f"{house.address}/customers/{house.customers[1].id}")
    expect(page.get_by_role("heading", name="宏锦印染")).to_be_visible()
    assert time.monotonic() - begun < 2
    writing.attention(house, page)
    writing.kept(page)
    assert phone.state(page)["waiting"] == 1
    phone.send_all(page)
    assert house.count(AttentionItem) == len(house.customers) + 1


def test_two_tabs_send_each_thing_once(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    other = phone.open("/outbox")
    house.line.be("refuse")
    writing.attention(house, page, 0)
    writing.kept(page)
    writing.attention(house, page, 1)
    writing.kept(page)
    house.line.be("pass")
    page.goto(house.address + "/outbox")
    for tab in (page, other):
        tab.get_by_role("button", name="现在送").click()
    phone.arrive(page)
    phone.arrive(other)
    assert house.count(AttentionItem) == len(house.customers) + 2


def test_signed_out_by_the_server_lin_goes_on_and_it_is_sent_after_signing_in(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.sign_everybody_out()
    writing.attention(house, page)
    writing.kept(page, signed_out=True)
    page.goto(house.address + "/outbox")
    assert phone.state(page)["parked"]
    expect(page.get_by_text("登录过期了，东西都在手机上。")).to_be_visible()
    page.get_by_role("link", name="登录", exact=True).click()
    page.locator("#name").fill("lin")
    page.locator("#password").fill("doorstep-demo")
    page.locator("#password").press("Enter")
    expect(page).to_have_url(re.compile("/days/"))
    phone.arrive(page)
    assert house.count(AttentionItem) == len(house.customers) + 1


def test_signing_out_without_a_signal_warns_and_leaves_nothing_to_read_but_loses_nothing(
    house: House, phone: Phone
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    writing.attention(house, page)
    writing.kept(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.goto(house.address + "/settings")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="这一页现在打不开")).to_be_visible()
    assert "1件没送到" in asked[0]
    page.goto(f"{house.address}/customers/{house.customers[0].id}")
    expect(page.get_by_role("heading", name="这一页现在打不开")).to_be_visible()
    house.line.be("pass")
    page.goto(house.address + "/")
    expect(page).to_have_url(re.compile("/sign-in"))
    page.locator("#name").fill("sun")
    page.locator("#password").fill("doorstep-demo")
    page.locator("#password").press("Enter")
    expect(page).to_have_url(re.compile("/days/"))
    until(page, "Boolean(document.body.dataset.user)")
    assert phone.state(page)["waiting"] == 0
    assert house.count(AttentionItem) == len(house.customers)


def test_a_browser_that_is_killed_after_kept_has_kept_it(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    writing.attention(house, page)
    writing.kept(page)
    kill(phone.profile)
    house.line.be("pass")
    phone.switch_on()
    phone.sign_in()
    page = phone.open("/outbox")
    until(page, "Boolean(navigator.serviceWorker.controller)")
    phone.arrive(page)
    assert house.count(AttentionItem) == len(house.customers) + 1


def test_what_is_being_written_comes_back_with_its_photo_after_the_browser_was_killed(
    house: House, phone: Phone
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    address = f"/customers/{house.customers[0].id}/reports/new"
    page.goto(house.address + address)
    page.locator("form#visit [name=needs]").press_sequentially("停一次机损失六千")
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": writing.picture()}
    page.locator("form#visit input[name=photos]").set_input_files(photo)  # type: ignore[arg-type]
    expect(page.locator("[data-shots] img")).to_have_count(1)
    page.wait_for_timeout(1000)
    kill(phone.profile)
    phone.switch_on()
    page = phone.open(address)
    expect(page.locator("form#visit [name=needs]")).to_have_value("停一次机损失六千")
    expect(page.locator("[data-shots] img")).to_have_count(1)


def kill(profile: Path) -> None:
    """Pull the plug on the browser of this profile, and only on it."""
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(folder.name), signal.SIGKILL)
    for trace in profile.glob("Singleton*"):
        trace.unlink()
