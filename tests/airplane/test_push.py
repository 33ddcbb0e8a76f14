"""A push at the phone: one notification each whatever it holds, in words of the carried inbox; the tap leads to the page, also
without a line. Push events come through the DevTools, as from a push service."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.airplane.conftest import ASK, House, Phone, expect, until
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.outbox.user_hash import user_hash
from webapp.push import keys
from webapp.push.models import Notice, Subscription, notify

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
SHOWN = """navigator.serviceWorker.ready.then((registration) => registration.getNotifications()).then((all) =>
  all.map(({ title, body, tag, data, actions }) => ({ title, body, tag, data, actions: actions.map((one) => one.title) })))"""
CLEAR = (
    "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.forEach((one) => one.close()))"
)
TAP = """(action) => registration.getNotifications().then(([notification]) =>
  dispatchEvent(new NotificationEvent("notificationclick", { notification, action })))"""


class PushedTo:
    """Lin's phone, allowed to notify, and a push service that reaches it."""

    def __init__(self, phone: Phone, house: House) -> None:
        self.phone, self.house = phone, house
        phone.context.grant_permissions(["notifications"], origin=house.address)
        self.page = phone.first_sync()
        self.user = user_hash(house.people.lin)
        self.tools = phone.context.new_cdp_session(self.page)
        self.registration = ""
        self.tools.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.tools.send("ServiceWorker.enable")
        for _ in range(50):
            if not self.registration:
                self.page.wait_for_timeout(100)

    def _note(self, said: dict[str, Any]) -> None:
        for one in said["registrations"]:
            self.registration = one["registrationId"]

    def push(self, data: str | dict[str, Any]) -> list[dict[str, Any]]:
        """Deliver it; what is shown then."""
        self.page.evaluate(CLEAR)
        said = data if isinstance(data, str) else json.dumps(data)
        where = {"origin": self.house.address, "registrationId": self.registration}
        self.tools.send("ServiceWorker.deliverPushMessage", {**where, "data": said})
        until(self.page, f"{SHOWN}.then((all) => all.length > 0)")
        return list(self.page.evaluate(SHOWN))

    def hint(self, notice: str, kind: str = "returned", n: int = 1) -> dict[str, Any]:
        return {"id": notice, "kind": kind, "n": n, "user": self.user}

    def told(self, kind: str = "returned", url: str = "", carried: bool = True) -> str:
        """Somebody told lin something; the notice's id."""
        path = url or f"/customers/{self.house.customers[1].id}"
        with self.house.app.app_context():
            with gate.transaction():
                notify(kind, [self.house.people.lin], url=path, title="宏锦印染")
            notice = str(db.session.scalar(db.select(Notice.id).order_by(Notice.at.desc(), Notice.id.desc())))
        if carried:
            self.look()
        return notice

    def look(self) -> None:
        """Let the phone pull now."""
        self.page.evaluate(
            ASK.replace("{ kind, now: true }", "{ kind, urgent: true }").replace("new Promise", "void new Promise"),
            "look",
        )
        self.page.wait_for_timeout(300)
        until(self.page, f"({ASK})('state').then((state) => !state.pulling)")

    def tap(self, action: str = "") -> None:
        """Tap the notification, where its worker lives."""
        self.phone.context.service_workers[0].evaluate(TAP, action)

    def read(self, notice: str) -> bool:
        with self.house.app.app_context():
            return db.session.get(Notice, notice).read_at is not None


@pytest.fixture
def lin(phone: Phone, house: House) -> PushedTo:
    return PushedTo(phone, house)


def test_whatever_comes_is_one_notification_in_lin_s_words(lin: PushedTo) -> None:
    notice = lin.told()
    known = lin.push(lin.hint(notice))
    assert [(one["title"], one["body"], one["tag"], one["actions"]) for one in known] == [
        ("退回来了，看看要改什么", "点开看看", "returned", ["看看", "等会儿"])
    ]
    assert lin.push(lin.hint(notice, n=3))[0]["body"] == "一共3条没看"
    odd = [
        "",
        "not json",
        "null",
        "[]",
        '"x"',
        "x" * 4000,
        {"kind": "<b>"},
        lin.hint(notice, "gossip"),
        {"kind": ".*", "n": "9"},
    ]
    for data in odd:
        shown = lin.push(data)
        assert [(one["title"], one["tag"]) for one in shown] == [("登门有新消息", "any")], data
    other = {**lin.hint(notice, "complaint", 5), "user": user_hash(lin.house.people.sun)}
    (shown,) = lin.push(other)
    assert (shown["title"], shown["body"], shown["actions"]) == ("登门有新消息", "点开看看", [])
    lin.house.line.be("refuse")
    assert lin.push(lin.hint(notice))[0]["title"] == "退回来了，看看要改什么"
    lin.house.line.be("pass")
    two_of_a_kind_are_one_and_two_kinds_are_two(lin)


def two_of_a_kind_are_one_and_two_kinds_are_two(lin: PushedTo) -> None:
    lin.push(lin.hint(lin.told()))
    where = {"origin": lin.house.address, "registrationId": lin.registration}
    for kind in ("returned", "approved"):
        data = json.dumps(lin.hint(lin.told(kind), kind, 2))
        lin.tools.send("ServiceWorker.deliverPushMessage", {**where, "data": data})
    until(lin.page, f"{SHOWN}.then((all) => all.length === 2)")


def test_after_sun_has_signed_in_lin_s_push_says_nothing_of_it(lin: PushedTo) -> None:
    hint = lin.hint(lin.told())
    lin.phone.sign_in("sun")
    lin.page.goto(lin.house.address + "/settings/notices")  # not carried: the line says who is signed in
    lin.page.wait_for_timeout(2000)  # the pages of the one before are loaded anew
    until(lin.page, f"({ASK})('state').then((state) => state.user === '{user_hash(lin.house.people.sun)}')")
    (shown,) = lin.push(hint)
    assert (shown["title"], shown["actions"]) == ("登门有新消息", [])


def test_a_tap_leads_to_the_page_without_a_line_and_is_read_when_there_is_one(lin: PushedTo) -> None:
    notice = lin.told()
    lin.push(lin.hint(notice))
    lin.house.line.be("refuse")
    lin.tap()
    expect(lin.page).to_have_url(f"{lin.house.address}/customers/{lin.house.customers[1].id}")
    expect(lin.page.get_by_role("heading", name="宏锦印染")).to_be_visible()
    lin.page.goto(lin.house.address + "/inbox")
    expect(lin.page.locator("[data-unread]")).to_have_count(0)
    assert not lin.read(notice)
    lin.house.line.be("pass")
    lin.page.goto(lin.house.address + "/customers")
    for _ in range(100):
        if not lin.read(notice):
            lin.page.wait_for_timeout(100)
    assert lin.read(notice)


def test_a_tap_on_what_the_phone_has_not_seen_yet_looks_first(lin: PushedTo) -> None:
    notice = lin.told(carried=False)
    lin.house.line.be("refuse")
    lin.push(lin.hint(notice))
    lin.house.line.be("pass")
    lin.tap()
    expect(lin.page).to_have_url(f"{lin.house.address}/customers/{lin.house.customers[1].id}")


def test_later_closes_it_and_opens_nothing(lin: PushedTo) -> None:
    before = lin.page.url
    lin.push(lin.hint(lin.told()))
    lin.tap("later")
    until(lin.page, f"{SHOWN}.then((all) => all.length === 0)")
    assert lin.page.url == before


def test_the_bell_and_the_inbox_tell_the_same_without_a_line(lin: PushedTo) -> None:
    lin.told()
    lin.told("approved")
    lin.page.goto(lin.house.address + "/customers")
    bell = lin.page.locator("[data-bell] .count")
    expect(bell).to_contain_text("2")
    lin.house.line.be("refuse")
    lin.page.goto(lin.house.address + "/inbox")
    expect(lin.page.locator("[data-unread]")).to_have_count(2)
    lin.page.get_by_role("button", name="都看过了").click()
    expect(lin.page.locator("[data-unread]")).to_have_count(0)
    lin.page.goto(lin.house.address + "/customers")
    expect(bell).to_be_hidden()


STUB = """const made = { endpoint: "https://fcm.googleapis.com/fcm/send/x", options: { applicationServerKey: null },
  toJSON: () => ({ endpoint: made.endpoint, keys: { p256dh: "B".repeat(87), auth: "A".repeat(22) } }),
  unsubscribe: async () => { sessionStorage.removeItem("stub"); return true; } };
PushManager.prototype.getSubscription = async () => (sessionStorage.getItem("stub") ? made : null);
PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
  made.options.applicationServerKey = applicationServerKey; sessionStorage.setItem("stub", "yes"); return made; };
Notification.requestPermission = async () => "granted";"""


def test_lin_turns_it_on_where_it_says_what_for_and_off_again(phone: Phone, house: House) -> None:
    with house.app.app_context():
        keys.make("mailto:ops@example.com")
    phone.context.grant_permissions(["notifications"], origin=house.address)
    phone.context.add_init_script(STUB)
    page: Page = phone.first_sync()
    assert house.count(Subscription) == 0, "nobody is asked for by loading a page"
    page.goto(house.address + "/inbox")
    page.get_by_role("button", name="开提醒").click()
    expect(page.get_by_text("这部手机会提醒你")).to_be_visible()
    assert house.count(Subscription) == 1
    page.reload()
    expect(page.get_by_text("这部手机会提醒你")).to_be_visible()
    page.get_by_role("button", name="关掉").click()
    expect(page.get_by_role("button", name="开提醒")).to_be_visible()
    for _ in range(50):
        if house.count(Subscription):
            page.wait_for_timeout(100)
    assert house.count(Subscription) == 0
