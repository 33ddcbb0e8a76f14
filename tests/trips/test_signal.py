"""Lists, forms and drafts as a thumb knows them: the way back, typing in Chinese, mistakes, a lost signal."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.trips.addresses import Addresses
from tests.trips.conftest import PHONE, awake, forgive_the_signal
from tests.trips.walking import Walk

pytestmark = pytest.mark.browser


@pytest.fixture
def page(arrive: Callable[..., Page]) -> Page:
    return arrive("lin", PHONE)


def test_the_way_back_leads_to_the_same_place_in_the_same_list(page: Page) -> None:
    awake(page, "/customers")
    row = page.locator("#rows li").nth(14)
    row.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 300)")
    before = page.evaluate("scrollY")
    row.get_by_role("link").first.click()
    page.wait_for_url("**/customers/*-*")
    page.go_back()
    page.wait_for_url("**/customers")
    page.wait_for_function("before => Math.abs(scrollY - before) < 20", arg=before)


def test_the_way_back_leads_to_the_same_search(page: Page) -> None:
    awake(page, "/customers")
    box = page.get_by_role("searchbox")
    box.press_sequentially("hrfj")
    expect(page.locator("#rows li")).to_have_count(1)
    page.get_by_role("link", name="恒润纺机").click()
    page.wait_for_url("**/customers/*-*")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("hrfj")
    expect(page.locator("#rows li")).to_have_count(1)


def test_pinyin_under_composition_is_left_alone_and_what_it_became_is_searched(page: Page) -> None:
    awake(page, "/customers")
    box = page.get_by_role("searchbox")
    box.focus()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)
    keyboard = page.context.new_cdp_session(page)
    for letters in ("h", "he", "hen", "heng"):
        keyboard.send(
            "Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        )
    assert page.evaluate("document.activeElement.value") == "heng"
    assert asked == []
    keyboard.send("Input.insertText", {"text": "恒润"})
    expect(page.locator("#rows li")).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_have_value("恒润")
    assert len(asked) == 1
    box.press_sequentially("fj")
    expect(page.get_by_role("link", name="恒润纺机")).to_be_visible()
    expect(box).to_be_focused()


def test_a_refused_form_keeps_every_word_and_leads_to_the_mistake(house: Addresses, page: Page) -> None:
    awake(page, f"{house.customer('远成电机')}/reports/new")
    page.get_by_label("痛点和需求").fill("夜班噪声大")
    Walk(page).choose("没见到人")
    page.locator("[name=order]").evaluate("(input) => { input.value = '1200' }")
    page.get_by_role("button", name="交报告").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    expect(page.get_by_label("痛点和需求")).to_have_value("夜班噪声大")
    page.locator("[data-errors] a").first.click()
    assert page.evaluate("document.activeElement.closest('fieldset, .field')?.textContent").count("结果")
    Walk(page).says("填了订货金额，结果却不是下单。改一处。")


def test_a_report_that_finds_no_signal_stays_and_is_still_there_after_a_reload(
    house: Addresses, page: Page, complaints: list[str]
) -> None:
    path = f"{house.customer('远成电机')}/reports/new"
    awake(page, path)
    walk = Walk(page)
    walk.choose("有进展")
    page.get_by_label("痛点和需求").fill("要一份十年总账")
    walk.choose("明天")
    page.get_by_label("做什么").fill("送总账")
    page.context.set_offline(True)
    walk.button("交报告")
    expect(page.get_by_role("alert").filter(has_text="没送出去，像是没有信号")).to_be_visible()
    expect(page.get_by_label("痛点和需求")).to_have_value("要一份十年总账")
    walk.says("草稿在这部手机上")

    page.context.set_offline(False)
    forgive_the_signal(complaints)
    page.reload(wait_until="networkidle")
    expect(page.get_by_label("痛点和需求")).to_have_value("要一份十年总账")
    expect(page.get_by_label("有进展")).to_be_checked()
    walk.button("交报告")
    page.wait_for_url("**/reports/*")
    walk.says("要一份十年总账")

    awake(page, path)
    expect(page.get_by_label("痛点和需求")).to_have_value("")


def test_a_page_asked_for_without_a_signal_says_so_in_plain_words(page: Page, complaints: list[str]) -> None:
    awake(page, "/customers")
    page.context.set_offline(True)
    page.get_by_role("link", name="话术").click()
    expect(page.get_by_role("alert").filter(has_text="没打开，像是没有信号")).to_be_visible()
    assert page.url.endswith("/customers")
    forgive_the_signal(complaints)


def test_a_visit_dragged_by_its_grip_takes_its_new_place_and_the_fold_stays_open(page: Page, house: Addresses) -> None:
    awake(page, f"/days/{house.today}")
    page.get_by_text("换顺序").click()
    fold = page.locator("details:has(#order)")
    before = [name.split(". ")[1] for name in fold.get_by_role("heading").all_inner_texts()]
    grips = fold.locator("[data-grip]")
    expect(grips.first).to_be_visible()
    grips.last.evaluate("grip => grip.scrollIntoView({ block: 'center' })")
    held, over = grips.nth(len(before) - 1).bounding_box(), grips.first.bounding_box()
    assert held and over
    page.mouse.move(held["x"] + 20, held["y"] + 20)
    page.mouse.down()
    page.mouse.move(over["x"] + 20, over["y"] + 4, steps=5)
    page.mouse.up()
    expect(fold.get_by_role("heading").first).to_have_text(f"1. {before[-1]}")
    after = [name.split(". ")[1] for name in fold.get_by_role("heading").all_inner_texts()]
    assert after == [before[-1], *before[:-1]]
    fold.get_by_role("button", name=f"{before[-1]}往后").click()
    expect(fold.get_by_role("heading").first).to_have_text(f"1. {before[0]}")
    expect(fold).to_have_attribute("open", "")
