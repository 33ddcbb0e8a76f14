"""On the home screen: asked for at a good moment, ready for tomorrow, and handed things by other apps."""

import base64
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.airplane import writing
from tests.airplane.accidents import give_room
from tests.airplane.conftest import House, Phone, expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

CAN_INSTALL = """() => { const event = new Event("beforeinstallprompt", { cancelable: true });
  event.prompt = () => { window.prompted = true; };
  event.userChoice = new Promise((done) => { window.choose = (outcome) => done({ outcome }); }); dispatchEvent(event); }"""
"""What the browser says to a page that can be installed; a browser without a window never says it by itself."""
IPHONE = """Object.defineProperty(Navigator.prototype, "standalone",
  { get: () => sessionStorage.getItem("app") === "yes", configurable: true })"""
SHARE = """([text, photo]) => {
  const part = (tag, facts) => Object.assign(document.createElement(tag), facts);
  const form = part("form", { method: "post", enctype: "multipart/form-data", action: "/new-report" });
  for (const [name, value] of [["title", "样品"], ["text", text]]) form.append(part("input", { name, value }));
  const input = part("input", { type: "file", name: "photos" }), bag = new DataTransfer();
  if (photo) bag.items.add(new File([Uint8Array.from(atob(photo), (c) => c.charCodeAt(0))], "a.jpg", { type: "image/jpeg" }));
  input.files = bag.files;
  form.append(input);
  document.body.append(form);
  form.submit(); }"""
"""A page opened by a post, as an app is opened with what another one hands over."""


def share(page: Page, text: str, photo: bytes = b"") -> None:
    with page.expect_navigation(url="**/new-report"):
        page.evaluate(SHARE, [text, base64.b64encode(photo).decode()])


def card(page: Page) -> Any:
    return page.locator("[data-install]")


def test_the_home_screen_is_offered_after_a_report_and_never_on_load(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    page.evaluate(CAN_INSTALL)
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="客户").click()
    expect(page).to_have_url(re.compile("/customers$"))
    expect(card(page)).to_have_count(0)
    stay_and_report(house, page)
    expect(card(page)).to_be_visible(timeout=15_000)
    card(page).get_by_role("button", name="现在装").click()
    assert page.evaluate("window.prompted")
    page.evaluate("window.choose('accepted')")
    expect(card(page)).to_have_count(0)


def test_who_says_later_is_left_alone_for_a_month(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    page.evaluate(CAN_INSTALL)
    stay_and_report(house, page)
    card(page).get_by_role("button", name="以后再说").click()
    expect(card(page)).to_have_count(0)
    rests = page.evaluate("Number(localStorage.getItem('install later')) - Date.now()")
    assert 29.9 * 864e5 < rests <= 30 * 864e5
    page.evaluate(CAN_INSTALL)
    stay_and_report(house, page, 1)
    page.wait_for_timeout(1500)
    expect(card(page)).to_have_count(0)


def stay_and_report(house: House, page: Page, customer: int = 0) -> None:
    """A report without leaving the document, since the browser says only once that it can be installed."""
    address = f"/customers/{house.customers[customer].id}/reports/new"
    page.evaluate("(url) => htmx.ajax('GET', url, { target: document.body, swap: 'outerSync', push: 'true' })", address)
    expect(page.locator("form#visit")).to_be_visible()
    writing.fill_report(page)
    expect(page.locator("form#visit")).to_have_count(0, timeout=15_000)


def test_an_iphone_is_shown_the_way_before_field_work_begins(house: House, phone: Phone) -> None:
    phone.context.add_init_script(IPHONE)
    page = phone.first_sync()
    page.goto(house.address + "/")
    expect(card(page).get_by_text("点“分享”，选“添加到主屏幕”")).to_be_visible()
    expect(card(page).get_by_role("button", name="现在装")).to_be_hidden()
    house.line.be("refuse")
    card(page).get_by_role("link", name="一步步看").click()
    expect(page.get_by_role("heading", name="苹果手机")).to_be_visible()
    page.evaluate("sessionStorage.setItem('app', 'yes')")
    page.goto(house.address + "/")
    expect(page.locator("[data-behaviour~=ready]")).to_be_visible()
    expect(card(page)).to_have_count(0)


def test_ready_for_tomorrow_names_what_is_missing(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    page.goto(house.address + "/")
    ready = page.locator("[data-behaviour~=ready]")
    expect(ready).to_be_visible(timeout=15_000)
    assert missing(page) <= {"lasting"}
    grant_lasting(page)
    page.reload()
    expect(ready.get_by_text("明天出门都齐了")).to_be_visible()
    assert not missing(page)
    house.line.be("refuse")
    writing.attention(house, page)
    writing.kept(page)
    page.goto(house.address + "/")
    expect(ready.get_by_text("寄件箱还有没送的")).to_be_visible()
    assert missing(page) == {"sent"}
    expect(page.locator(".tabs [data-here] b")).to_have_text("1")


def missing(page: Page) -> set[str]:
    return set(page.eval_on_selector_all("[data-fact].is-open", "(all) => all.map(({ dataset }) => dataset.fact)"))


def grant_lasting(page: Page) -> None:
    """As the browser does once the app is installed."""
    with_permission = page.context.new_cdp_session(page)
    permission = {"permission": {"name": "persistent-storage"}, "setting": "granted", "origin": origin(page)}
    with_permission.send("Browser.setPermission", permission)
    assert page.evaluate("navigator.storage.persist()")


def origin(page: Page) -> str:
    return str(page.evaluate("location.origin"))


def test_ready_is_amber_when_fifty_photos_do_not_fit(house: House, phone: Phone) -> None:
    held = give_room(phone, 8_000_000)
    page = phone.first_sync()
    page.goto(house.address + "/")
    expect(page.get_by_text("空间不够存五十张照片")).to_be_visible(timeout=15_000)
    assert "room" in missing(page)
    held.detach()


def test_without_persistence_and_badges_and_locks_nothing_is_claimed_and_all_goes_on(
    house: House, phone: Phone
) -> None:
    lacking = """delete StorageManager.prototype.persist; delete Navigator.prototype.setAppBadge;
      delete Navigator.prototype.locks; delete globalThis.SyncManager; delete ServiceWorkerRegistration.prototype.sync"""
    phone.context.add_init_script(lacking)
    page = phone.first_sync()
    page.goto(house.address + "/")
    expect(page.get_by_text("浏览器可能清掉")).to_be_visible(timeout=15_000)
    writing.report(house, page)
    phone.arrive(page)


def test_a_photo_and_a_text_from_another_app_go_into_the_report_of_the_customer_one_chooses(
    house: House, phone: Phone
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    share(page, "客户问的型号", writing.picture())
    expect(page.get_by_text("收好了，选了客户就放进报告")).to_be_visible()
    expect(page.locator("[data-shots] img")).to_have_count(1)
    page.goto(f"{house.address}/customers/{house.customers[0].id}/reports/new")
    page.get_by_role("button", name="放进来").click()
    expect(page.locator("form#visit [name=needs]")).to_have_value("样品\n客户问的型号")
    expect(page.locator("form#visit [data-shots] img")).to_have_count(1)
    page.goto(house.address + "/new-report")
    expect(page.get_by_role("link", name="今天要走的")).to_be_visible()
    expect(page.get_by_text("收好了，选了客户就放进报告")).to_be_hidden()


def test_what_nobody_wants_is_gone(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    share(page, "客户问的型号")
    page.get_by_role("button", name="不要了").click()
    expect(page.get_by_text("收好了，选了客户就放进报告")).to_be_hidden()
    page.goto(f"{house.address}/customers/{house.customers[0].id}/reports/new")
    expect(page.locator("form#visit")).to_be_visible()
    expect(page.locator("[data-strip=shared]")).to_have_count(0)


def test_what_is_shared_while_nobody_is_signed_in_is_not_said_to_be_kept(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    page.evaluate("fetch('/sign-out', { method: 'POST' }).then(() => true, () => true)")
    share(page, "客户问的型号", writing.picture())
    expect(page.get_by_text("登录以后再分享一次。")).to_be_visible()
    expect(page.get_by_text("你写的都在这部手机上").locator("visible=true")).to_have_count(0)
