"""Reading without a signal: whatever a rep opens, asks or follows is on his phone, or is told kindly why it is not."""

import re

import pytest

from tests.airplane.conftest import ASK, House, Phone, expect, until
from tests.making import a_customer
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.visits.models import Report, Stop

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


def names(page) -> list[str]:
    return page.locator("#rows h3").all_inner_texts()


def test_the_search_box_answers_without_a_signal_as_with_one(house: House, phone: Phone) -> None:
    with house.app.app_context(), gate.transaction():
        lin = db.session.get(Customer, house.customers[0].id).owner
        for n in range(40):
            a_customer(lin, f"盛达{n}号泵业", level="C")
    page = phone.first_sync()
    asked = {}
    for signal in ("pass", "refuse"):
        house.line.be(signal)
        for ask in ("q=hrfj", "q=水泵", "q=shengda", "q=sdbyy", "q=nobody", "level=B", "sort=name&page=2", "tag=none"):
            page.goto(f"{house.address}/customers?{ask}")
            asked.setdefault(ask, []).append(
                (names(page), page.locator("h1").inner_text(), page.locator("body").inner_text())
            )
    for ask, (with_one, without) in asked.items():
        assert with_one == without, ask
    page.goto(house.address + "/customers")
    page.get_by_role("searchbox").press_sequentially("hongj", delay=30)
    expect(page.locator("#rows h3")).to_have_text(["宏锦印染"])
    page.get_by_role("searchbox").fill("")
    page.get_by_role("link", name="再看30家").click()
    expect(page.locator("#rows h3")).to_have_count(44)


def test_a_customer_found_on_the_road_is_there_at_once_and_his_visits_go_after_him(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    page.goto(house.address + "/customers/new")
    page.locator("[name=name]").fill("明川阀门有限公司")
    page.locator("[name=contact_name]").fill("许经理")
    page.locator("[name=phone]").fill("0512-66668888")
    page.get_by_role("button", name="建档").click()
    expect(page).to_have_url(re.compile(r"/customers/[0-9a-f-]{36}$"), timeout=15_000)
    card = page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text("明川阀门有限公司")
    expect(page.get_by_text("还没到服务器，有信号就送")).to_be_visible()
    expect(page.get_by_text("许经理")).to_be_visible()
    only_his_name = "document.querySelectorAll('[data-of]').forEach((line) => line.remove())"
    page.evaluate(only_his_name)
    expect(page.get_by_label("写下的")).to_be_hidden()
    for ask in ("", "?q=明川", "?q=8888"):
        page.goto(f"{house.address}/customers{ask}")
        expect(page.get_by_role("link", name="明川阀门有限公司")).to_be_visible()

    page.goto(card)
    page.get_by_role("link", name="写报告").click()
    form = page.locator("form#visit")
    page.locator("label.chip", has=page.locator('[name=purpose][value="service"]')).click()
    page.locator("label.chip", has=page.locator('[name=result][value="progress"]')).click()
    form.locator("[name=needs]").fill("要换一批阀")
    page.locator(".dock button").last.click()
    expect(page).to_have_url(card, timeout=15_000)
    page.get_by_role("button", name="更多").click()
    page.get_by_role("link", name="排进计划").click()
    expect(page.locator("form#stop")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("明川阀门有限公司")
    page.get_by_role("button", name="排进去").click()
    expect(page).to_have_url(re.compile("/days/"), timeout=15_000)
    page.goto(house.address + "/outbox")
    whose = page.locator("[data-rows] h3").get_by_text(re.compile("^(客户档案|拜访报告|.*) · 明川阀门有限公司$"))
    expect(whose).to_have_count(3)

    phone.send_all(page)
    with house.app.app_context():
        new = db.session.scalars(db.select(Customer).where(Customer.name == "明川阀门有限公司")).one()
        assert card.endswith(new.id) and [person.name for person in new.people] == ["许经理"]
        assert db.session.scalars(db.select(Report.customer_id)).all() == [new.id]
        assert new.id in db.session.scalars(db.select(Stop.customer_id)).all()
    until(page, f"({ASK})('urls').then((urls) => urls.includes('/customers/{card[-36:]}'))")
    page.goto(card)
    expect(page.get_by_text("还没到服务器")).to_have_count(0)
