"""The outbox on the phone: how far each thing is, what is wrong with it and where to mend it, and the way out for what cannot be sent."""

import re
from pathlib import Path
from typing import Any

import pytest
import structlog.testing
from playwright.sync_api import Page

from tests.airplane import writing
from tests.airplane.conftest import House, Phone, expect, until
from tests.airplane.test_writing import DRAFTS, form_in, form_of, sideways_photo
from webapp.attention.models import AttentionItem
from webapp.foundation.db import db
from webapp.visits.models import Attachment, Promise, Report

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def far_promise(house: House, page: Page, customer: int) -> None:
    """A promise of a day that the server will not take."""
    page.goto(f"{house.address}/customers/{house.customers[customer].id}/promises/new")
    page.locator("form#promise [name=text]").fill("周五前带报告")
    page.locator("form#promise [name=due_on]").fill("2099-01-15")
    page.get_by_role("button", name="记下").click()


def sign_in_by_hand(page: Page, name: str) -> None:
    page.locator("#name").fill(name)
    page.locator("#password").fill("doorstep-demo")
    page.locator("#password").press("Enter")
    expect(page).to_have_url(re.compile("/days/"))


def test_the_outbox_says_how_far_each_thing_is_and_the_tab_says_the_same_number(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    far_promise(house, page, 0)
    writing.kept(page)
    writing.attention(house, page, 1)
    writing.kept(page)
    writing.daily(house, page)
    writing.kept(page)
    page.goto(house.address + "/outbox")
    rows = page.locator("[data-rows] article")
    expect(rows).to_have_count(3)
    expect(page.locator("[data-waiting]")).to_have_text("3件")
    expect(page.locator(".tabs [data-here] b")).to_have_text("3")
    expect(page.locator("[data-signal=none]")).to_be_visible()
    expect(page.locator("[data-last]")).to_have_text("还没有")
    expect(rows.nth(0).get_by_text(re.compile(r"存好了，关机也不丢。(\d\d:\d\d再试。|这就送。)"))).to_be_visible()
    assert rows.nth(2).locator(".ticks li").all_inner_texts() == ["手机", "服务器", "已打开", "已核签"]

    house.line.be("pass")
    page.get_by_role("button", name="现在送").click()
    expect(rows).to_have_count(1)
    expect(rows.get_by_text("这个日子太远了。")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_have_text("1件")
    expect(page.locator(".tabs [data-here] b")).to_have_text("1")
    expect(page.locator("[data-signal=there]")).to_be_visible()
    expect(page.get_by_text(re.compile("回执号[0-9A-F]{8}")).first).to_be_visible()
    assert house.count(AttentionItem) == len(house.customers) + 1

    begun_to_mend_and_thrown_away(house, page)
    rows.get_by_role("link", name="去改").click()
    expect(page.locator("form#promise [name=due_on]")).to_be_focused()
    expect(page.locator("form#promise [name=text]")).to_have_value("周五前带报告")
    page.locator("form#promise [name=due_on]").fill("2027-01-15")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("送到了。")).to_be_visible()
    assert (house.count(Promise), phone.state(page)["stuck"]) == (1, 0)


def test_what_breaks_on_the_server_waits_with_the_number_of_its_fault_in_the_log(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = phone.first_sync()

    def fail(**_names: Any) -> Any:
        raise RuntimeError("the attention list is broken")

    with monkeypatch.context() as broken, structlog.testing.capture_logs() as log:
        broken.setitem(house.app.view_functions, "attention.create", fail)
        writing.attention(house, page, 1)
        page.goto(house.address + "/outbox")
        row = page.locator("[data-rows] article")
        expect(row).to_contain_text(re.compile("服务器出了毛病，编号[0-9A-F]{8}。"))
        number = re.findall("编号(\\w{8})", row.inner_text())[0]
        assert number in [line["error_id"] for line in log if line["event"] == "entry"]
    page.get_by_role("button", name="现在送").click()
    phone.arrive(page)
    assert house.count(AttentionItem) == len(house.customers) + 1


def begun_to_mend_and_thrown_away(house: House, page: Page) -> None:
    """What was written to mend it goes with it, and comes back with it."""
    rows, begun = page.locator("[data-rows] article"), page.locator("[data-unfinished] li")
    rows.get_by_role("link", name="去改").click()
    text = page.locator("form#promise [name=text]")
    expect(text).to_have_value("周五前带报告")
    text.fill("周五前带报告和样品")
    page.goto(house.address + "/outbox")
    expect(begun).to_have_count(1)
    rows.get_by_role("button", name="丢掉").click()
    expect(rows).to_have_count(0)
    expect(begun).to_have_count(0)
    page.get_by_role("button", name="还是留着").click()
    expect(rows).to_have_count(1)
    begun.get_by_role("link").click()
    expect(text).to_have_value("周五前带报告和样品")
    text.fill("周五前带报告")
    page.goto(house.address + "/outbox")


def test_what_is_thrown_away_can_be_had_back_for_a_while(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    writing.attention(house, page, 1)
    writing.kept(page)
    page.goto(house.address + "/outbox")
    rows = page.locator("[data-rows] article")
    rows.get_by_role("button", name="丢掉").click()
    expect(rows).to_have_count(0)
    page.get_by_role("button", name="还是留着").click()
    expect(rows).to_have_count(1)
    house.line.be("pass")
    page.get_by_role("button", name="现在送").click()
    phone.arrive(page)
    assert house.count(AttentionItem) == len(house.customers) + 1


def test_a_form_that_was_begun_is_named_and_leads_back(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    page.goto(house.address + form_of(house))
    form_in(page).locator("[name=needs]").press_sequentially("轴承")
    until(page, f"{DRAFTS}.then((keys) => keys.length === 1)")
    page.goto(house.address + "/outbox")
    link = page.locator("[data-unfinished]").get_by_role("link", name="拜访报告 · 恒润纺机")
    page.get_by_role("button", name="丢掉草稿").click()
    expect(link).to_have_count(0)
    page.get_by_role("button", name="还是留着").click()
    link.click()
    expect(form_in(page).locator("[name=needs]")).to_have_value("轴承")


def test_one_of_two_photos_is_there_and_the_phone_says_so_until_both_are(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    page.goto(house.address + form_of(house))
    photos: Any = [{"name": n, "mimeType": "image/jpeg", "buffer": sideways_photo()} for n in ("a.jpg", "b.jpg")]
    form_in(page).locator("input[name=photos]").set_input_files(photos)
    expect(page.locator("[data-shots] img")).to_have_count(2)
    writing.fill_report(page)
    writing.kept(page)
    take, whole = house.app.view_functions["delivery.take_piece"], []

    def take_one(attachment_id: str) -> Any:
        if attachment_id not in whole and len(whole) == 1:
            return "", 503
        answer = take(attachment_id)
        if answer.headers["Upload-Complete"] == "?1":
            whole.append(attachment_id)
        return answer

    with monkeypatch.context() as half_a_line:
        half_a_line.setitem(house.app.view_functions, "delivery.take_piece", take_one)
        house.line.be("pass")
        page.goto(house.address + "/outbox")
        page.get_by_role("button", name="现在送").click()
        row = page.locator("[data-rows] article")
        expect(row.locator(".ticks .is-now")).to_have_text("照片1/2", timeout=15_000)
        expect(row.get_by_text("还差1张照片")).to_be_visible()
        with house.app.app_context():
            [one] = db.session.scalars(db.select(Report))
            assert len(one.attachments) == 1
        page.goto(f"{house.address}/reports/{one.id}")
        expect(page.get_by_text("1/2张照片").locator("visible=true")).to_be_visible()
    page.goto(house.address + "/outbox")
    page.get_by_role("button", name="现在送").click()
    phone.arrive(page)
    expect(page.locator("[data-rows] article")).to_have_count(0)
    assert house.count(Attachment) == 2


def test_what_cannot_be_sent_goes_out_as_a_file_and_zhou_takes_it_in(
    house: House, phone: Phone, tmp_path: Path
) -> None:
    page = phone.first_sync()
    house.sign_everybody_out()
    writing.report(house, page, photo=True)
    writing.kept(page, signed_out=True)
    page.goto(house.address + "/outbox")
    expect(page.locator("[data-signal=out]")).to_be_visible()
    expect(page.locator("[data-rows]").get_by_text("存好了。登录以后接着送。")).to_be_visible()
    page.get_by_role("button", name="导出没送的").click()
    with page.expect_download() as coming:
        page.locator("[data-files] a").click()
    code = page.locator("[data-code]").inner_text()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert re.fullmatch(r"([0-9A-Z]{4}-){2}[0-9A-Z]{4}", code)
    assert b"reports" not in file.read_bytes()

    zhou = house.app.test_client()
    zhou.set_cookie("doorstep", house.token("zhou"))
    for _time in range(2):
        body = {"file": file.open("rb"), "code": code.lower()}
        answer = zhou.post("/outbox/import", data=body, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 200
    with house.app.app_context():
        [report] = db.session.scalars(db.select(Report))
        assert (report.author_id, len(report.attachments)) == (house.people.lin, 1)

    page.goto(house.address + "/sign-in")
    expect(page.get_by_text("这部手机上还有1件没送到")).to_be_visible()
    sign_in_by_hand(page, "lin")
    phone.arrive(page)
    assert (house.count(Report), house.count(Attachment)) == (1, 1)


def test_signing_out_leaves_no_draft_and_no_page_and_the_next_one_sends_nothing_of_it(
    house: House, phone: Phone
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    writing.attention(house, page, 1)
    writing.kept(page)
    page.goto(house.address + form_of(house))
    form_in(page).locator("[name=needs]").press_sequentially("轴承")
    until(page, f"{DRAFTS}.then((keys) => keys.length === 1)")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.goto(house.address + "/settings")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="这一页现在打不开")).to_be_visible()
    assert "没写完的1张表" in asked[0] and "还有1件没送到" in asked[0]
    assert page.evaluate(DRAFTS) == []
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft'))") == []
    expect(page.locator("[data-behaviour=unsent]")).to_be_hidden()
    house.line.be("pass")
    page.goto(house.address + "/")
    sign_in_by_hand(page, "sun")
    until(page, "Boolean(document.body.dataset.user)")
    page.goto(house.address + "/outbox")
    expect(page.locator("[data-waiting]")).to_have_text("0件")
    assert house.count(AttentionItem) == len(house.customers)
    page.goto(house.address + "/settings")
    page.get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    sign_in_by_hand(page, "lin")
    phone.arrive(page)
    assert house.count(AttentionItem) == len(house.customers) + 1
