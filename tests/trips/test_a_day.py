"""A rep's whole day on a phone, and the supervisor who reads it at a desk."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.trips.addresses import Addresses
from tests.trips.conftest import DESK, PHONE, awake
from tests.trips.walking import Walk

pytestmark = pytest.mark.browser
HENGRUN = {"latitude": 31.2467, "longitude": 120.6297, "accuracy": 12}


def test_lin_plans_knocks_reports_and_hands_in_and_zhou_signs_it_off(
    house: Addresses, arrive: Callable[..., Page]
) -> None:
    page = arrive("", PHONE, geolocation=HENGRUN, permissions=["geolocation"])
    lin = Walk(page)
    lin.sign_in("lin")
    expect(page).to_have_url(f"{house.base}/days/{house.today}")
    lin.plan(house.tomorrow, "两家顺路")

    page.goto("/")
    lin.link("恒润纺机")
    lin.says("带轴承寿命试验报告")
    lin.button("我到了")
    lin.says("就在客户门口")
    lin.report("夜班噪声大，想先换两台", "送样品")
    lin.says("服务器")

    page.goto(house.customer("宏锦印染"))
    lin.link("写报告")
    assert lin.hallway() <= 6
    lin.says("没变化")
    lin.hand_in_day(house.today, "带着样品去，话就好说")
    daily = page.url

    desk = arrive("", DESK)
    zhou = Walk(desk)
    zhou.sign_in("zhou")
    desk.get_by_role("link", name="林晓岚").and_(desk.locator(f"[href$='{daily.rsplit('/', 1)[-1]}']")).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("林晓岚的日报")
    zhou.says("带着样品去，话就好说")
    zhou.choose("心得写得好")
    desk.get_by_label("再说两句").fill("周四我陪你去恒润")
    zhou.button("核签")
    zhou.says("核签了。")

    awake(page, daily)
    lin.says("主管已核签")
    lin.says("心得写得好；周四我陪你去恒润")
    page.goto("/outbox")
    filed = page.locator("#main li").filter(has_text="日报").locator("visible=true").first
    expect(filed.locator(".is-done")).to_have_count(4)


def test_a_phone_that_gives_no_position_blocks_nobody(house: Addresses, arrive: Callable[..., Page]) -> None:
    page = arrive("lin", PHONE, permissions=[])
    lin = Walk(page)
    awake(page, house.customer("德瑞水泵"))
    lin.button("我到了")
    lin.says("没有位置")
    lin.report("备件占着库存", "报价")
    with closing(sqlite3.connect(house.data / "doorstep.sqlite3")) as database:
        place = database.execute("SELECT latitude, grade FROM check_in ORDER BY at DESC").fetchone()
    assert place == (None, "none")


def test_the_whole_day_works_without_script(house: Addresses, arrive: Callable[..., Page]) -> None:
    page = arrive("", PHONE, java_script_enabled=False)
    sun = Walk(page)
    sun.sign_in("sun")
    sun.plan(house.tomorrow, "先去江南")

    page.goto(house.customer("锡南铸机"))
    sun.button("我到了")
    sun.says("没有位置")
    sun.report("旺季前怕停机", "送寿命报告")
    page.goto(house.customer("太湖泵业"))
    sun.link("写报告")
    assert sun.hallway() <= 6
    sun.hand_in_day(house.today, "下午三点后他才有空")
    daily = page.url

    desk = arrive("", DESK, java_script_enabled=False)
    zhou = Walk(desk)
    zhou.sign_in("zhou")
    desk.goto(f"/reviews/daily/{daily.rsplit('/', 1)[-1]}")
    zhou.choose("款要盯紧")
    zhou.button("核签")
    zhou.says("核签了。")
    page.goto(daily)
    sun.says("主管已核签")
    sun.link("批示和留言")
    sun.says("款要盯紧")
