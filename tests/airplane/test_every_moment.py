"""Whatever lin's menus lead to, at whatever moment the line goes: a page of ours comes, never the browser's own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Error, Page

from tests.airplane.accidents import eventually
from tests.airplane.conftest import ASK, WHOLE, House, Phone, expect, until
from tests.airplane.test_succession import UPDATE, WAITS, release

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

PACK = b"GET /field-pack"
LOOK = f"({ASK.replace('now: true', 'urgent: true')})('look').then(() => true)"
STATE = f"({ASK})('state')"
LINKS = """(selector) => [...document.querySelectorAll(selector)].map((link) => link.getAttribute("href"))
  .filter((href) => href.startsWith("/"))"""
LEASE_OVER = """indexedDB.databases().then((all) => new Promise((done) => {
  const open = indexedDB.open(all.map(({ name }) => name).find((name) => name.length > 9));
  open.onsuccess = () => {
    const work = open.result.transaction("facts", "readwrite");
    work.objectStore("facts").put(1, "lease");
    work.oncomplete = () => { open.result.close(); done(true); };
  };
}))"""


def menus(house: House, page: Page) -> list[str]:
    """Every address in the bars of the first page, and on the page of one's own things."""
    found = set(page.evaluate(LINKS, ".tabs a, header a"))
    page.goto(house.address + "/settings")
    found.update(page.evaluate(LINKS, "header a, main a"))
    return sorted(found | {"/new-report", "/promises", "/reports", "/sign-in", "/nothing-here"})


def half_a_pack(house: House, page: Page) -> None:
    for much in range(12_000, 60_000, 6_000):  # the answer is cut so late that some of it can be used
        house.line.be(f"cut_reply:{much}", PACK)
        page.evaluate(LOOK)
        if page.evaluate(f"({ASK})('urls').then((urls) => urls.length > 0)"):
            break
    assert not page.evaluate(f"{STATE}.then(({{ whole }}) => whole)")


def a_new_version_waits(house: House, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.evaluate(LOOK)
    until(page, WHOLE)
    release(house, monkeypatch)
    page.evaluate(UPDATE)
    eventually(page, WAITS)


def the_session_is_over(house: House, page: Page) -> None:
    house.sign_everybody_out()
    page.evaluate(LOOK)
    assert page.evaluate(f"{STATE}.then(({{ out }}) => Boolean(out))")


def the_lease_is_over(page: Page) -> None:
    page.evaluate(LEASE_OVER)
    assert page.evaluate(f"{STATE}.then(({{ over }}) => Boolean(over))")


def signed_out_by_hand(page: Page) -> None:
    page.evaluate("fetch('/sign-out', { method: 'POST' }).then(() => true, () => true)")
    assert page.evaluate(f"{STATE}.then(({{ user }}) => user === '')")


def moments(house: House, page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Callable[[], None]]]:
    yield "nothing has come yet", lambda: None
    yield "half a pack", lambda: half_a_pack(house, page)
    yield "a new version waits", lambda: a_new_version_waits(house, page, monkeypatch)
    yield "the session is over", lambda: the_session_is_over(house, page)
    yield "the lease is over", lambda: the_lease_is_over(page)
    yield "signed out by hand", lambda: signed_out_by_hand(page)


def test_no_menu_ever_leads_to_the_browsers_own_page(
    house: House, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.line.be("hang", PACK)
    phone.sign_in()
    page = phone.open("/")
    until(page, "Boolean(navigator.serviceWorker.controller)")
    paths = menus(house, page)
    assert {"/", "/customers", "/playbook", "/outbox", "/settings", "/inbox"} <= set(paths)
    for name, comes in moments(house, page, monkeypatch):
        house.line.be("pass")
        comes()
        house.line.be("refuse")
        assert [path for path in paths if not is_ours(house, page, path)] == [], name
        if name == "the lease is over":
            says_why_a_customer_is_not_there(house, page)


def says_why_a_customer_is_not_there(house: House, page: Page) -> None:
    """Not that he were gone: he is Lin's, and comes back."""
    page.goto(f"{house.address}/customers/{house.customers[0].id}")
    expect(page.get_by_text("太久没连上，或者手机的时间改过")).to_be_visible()
    expect(page.get_by_text("这家不在手机上")).to_be_hidden()


def is_ours(house: House, page: Page, path: str) -> bool:
    try:
        page.goto(house.address + path)
    except Error:
        return False
    return page.locator("body[data-edition] h1").count() == 1
