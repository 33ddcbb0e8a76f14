"""A day in airplane mode: what a rep does without a signal is what he does with one."""

import contextlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page

from tests.airplane import writing
from tests.airplane.conftest import ASK, WHOLE, House, Phone, expect, until
from webapp.attention.models import AttentionItem, Confirmation
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import Attachment, DailyReport, DayPlan, Promise, Report

# The app runs in a thread of this process, where the warnings of its libraries are nobody's.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def test_every_screen_of_lin_opens_without_a_signal(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    urls = page.evaluate(ASK, "urls")
    first = house.customers[0].id
    assert {f"/customers/{customer.id}" for customer in house.customers} < set(urls)
    house.line.be("refuse")
    closed = []
    for path in ("/", *urls):
        page.goto(house.address + path)
        stands_in = page.locator("[data-behaviour=not-here]").count() and path != "/offline"
        if page.locator("body[data-edition]").count() != 1 or stands_in:
            closed.append(path)
    assert not closed
    page.goto(house.address + "/")
    tabs = page.get_by_role("navigation", name="主导航")
    for word in ("客户", "话术", "寄件箱", "今天"):
        tabs.get_by_role("link", name=word).click()
        expect(tabs.get_by_role("link", name=word)).to_have_attribute("aria-current", "page")
    page.goto(f"{house.address}/customers/{first}")
    page.get_by_role("link", name="报告").first.click()
    expect(page.locator("form#visit")).to_be_visible()


def test_the_way_back_without_a_signal_leads_to_the_page_before(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    heading = page.get_by_role("heading", level=1)
    for name in ("客户", "话术"):
        page.get_by_role("navigation", name="主导航").get_by_role("link", name=name).click()
        expect(heading).to_have_text(name)
    page.go_back()
    expect(heading).to_have_text("客户")
    page.go_forward()
    expect(heading).to_have_text("话术")


def test_a_page_that_is_not_carried_names_what_is_there_and_opens_when_it_comes(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("hang")
    page.goto(f"{house.address}/reports/{new_id()}")
    expect(page.get_by_role("heading", name="这一页现在打不开")).to_be_visible(timeout=3000)
    expect(page.get_by_role("link", name="客户")).to_be_visible()
    house.line.be("refuse")
    for file in ("/customers/export.csv", f"/attachments/{new_id()}"):
        page.goto(house.address + file)
        expect(page.get_by_role("heading", name="这一页现在打不开")).to_be_visible()
    house.line.be("pass")
    with page.expect_download() as coming, contextlib.suppress(Error):  # what is downloaded is no page to go to
        page.goto(house.address + "/customers/export.csv")
    assert house.customers[0].name in Path(coming.value.path()).read_text("utf-8-sig")


def test_who_arrives_without_a_signal_reports_on_that_arrival(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    page.goto(house.address + "/")
    page.get_by_role("button", name="我到了").click()
    expect(page).to_have_url(re.compile(r"/reports/new\?check_in="), timeout=15_000)
    writing.fill_report(page)
    writing.kept(page)
    phone.send_all(page)
    with house.app.app_context():
        report = db.session.scalars(db.select(Report)).one()
        assert report.check_in_id and report.stop_id


@pytest.fixture
def suppliers(house: House) -> list[str]:
    """From whom two of the customers bought long ago."""
    with house.app.app_context(), gate.transaction():
        noticed = {"category": "supplier", "observed": "用洛轴的", "noticed_on": clock.today() - timedelta(days=200)}
        customers = [db.session.get_one(Customer, one.id) for one in house.customers[:2]]
        return [AttentionItem.notice(one, one.owner, contact_id=one.people[0].id, **noticed).id for one in customers]


def answer_in_the_report_and_at_the_door(house: House, page: Page) -> None:
    """Still so, which a draft keeps until the report is written; and one tap on another card."""
    page.goto(f"{house.address}/customers/{house.customers[1].id}")
    expect(page.locator(".ledger").get_by_text("陈国栋还用洛轴的吗？")).to_be_visible()
    page.locator("#ask").get_by_role("button", name="变了").click()
    writing.kept(page)
    page.goto(f"{house.address}/customers/{house.customers[1].id}")
    expect(page.get_by_text("陈国栋还用洛轴的吗？")).to_have_count(2)
    for words in page.get_by_text("陈国栋还用洛轴的吗？").all():
        expect(words).to_be_hidden()
    page.locator("#ask").get_by_role("link", name="记一条").click()
    expect(page.get_by_role("radio", name="现用供应商")).to_be_checked()
    expect(page.get_by_role("radio", name="陈国栋")).to_be_checked()
    page.goto(f"{house.address}/customers/{house.customers[0].id}/reports/new")
    page.get_by_role("group", name="陈国栋还用洛轴的吗？").get_by_text("还是这样").click()
    expect(page.locator("[data-draft-note]")).to_be_visible()
    page.reload()
    expect(page.get_by_role("group", name="陈国栋还用洛轴的吗？").get_by_label("还是这样")).to_be_checked()


def test_a_day_without_a_signal_is_whole_on_the_server_afterwards(
    house: House, suppliers: list[str], phone: Phone
) -> None:
    before = {model: house.count(model) for model in (AttentionItem, Report, Promise)}
    page = phone.first_sync()
    house.line.be("refuse")
    answer_in_the_report_and_at_the_door(house, page)
    writing.report(house, page, photo=True)
    writing.kept(page)
    writing.attention(house, page)
    writing.kept(page)
    writing.promise(house, page)
    writing.kept(page)
    writing.hand_in_plan(house, page)
    writing.kept(page)
    writing.daily(house, page)
    writing.kept(page)
    page.goto(house.address + "/outbox")
    expect(page.locator("[data-rows] article")).to_have_count(6)
    assert {model: house.count(model) for model in before} == before

    house.line.be("pass")
    page.get_by_role("button", name="现在送").click()
    phone.arrive(page)
    assert {model: house.count(model) - n for model, n in before.items()} == {AttentionItem: 1, Report: 1, Promise: 1}
    assert (house.count(Attachment), house.count(DailyReport)) == (1, 1)
    with house.app.app_context():
        assert db.session.scalars(db.select(DayPlan.state)).all() == ["handed_in"]
        [report] = db.session.scalars(db.select(Report)).all()
        assert report.needs == "停一次机损失六千"
        said = db.session.scalars(db.select(Confirmation).order_by(Confirmation.at)).all()
        assert [(one.item_id, one.outcome, one.visit_id) for one in said] == [
            (suppliers[1], "changed", None),
            (suppliers[0], "still", report.id),
        ]
        assert [db.session.get_one(AttentionItem, id).retired_at for id in suppliers] == [None, said[0].at]
    expect(page.locator("[data-rows] article")).to_have_count(0)


def test_the_supervisor_begins_with_what_waits_for_him_and_the_rep_with_his_day(house: House, phone: Phone) -> None:
    phone.sign_in("zhou")
    page = phone.open("/")
    until(page, "Boolean(navigator.serviceWorker.controller)")
    until(page, WHOLE)
    page.goto(house.address + "/")
    expect(page).to_have_url(re.compile("/reviews$"))
