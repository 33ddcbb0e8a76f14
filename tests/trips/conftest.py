"""The house as bin/start opens it, with its demo office, and people who walk through it with real browsers.

Every page is listened to: what a script complains of, and what the content policy stops, fails the trip. These browsers keep no
worker (as a private window keeps none): this is the house itself. tests/airplane/ walks the same ways with one.
"""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from doors import machine
from doors.environment import ROOT
from tests import browsers, servers
from tests.trips.addresses import Addresses

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PASSWORD = "doorstep-demo"
REFUSED = re.compile(r"status of 4\d\d")
"""A refusal that a trip brings about on purpose; the browser notes it in its console."""
expect.set_options(timeout=20_000)
FORGIVEN = "the signal was cut on purpose"
NO_WORKER = "Service Worker registration blocked by Playwright"
NO_SIGNAL = re.compile(r"ERR_INTERNET_DISCONNECTED|Failed to fetch")


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """A running house with demo data; its address and those of its pages."""
    data = tmp_path_factory.mktemp("house")
    command = [str(ROOT / "bin" / "start"), "--port", "0", "--data", str(data)]
    environment = {name: value for name, value in os.environ.items() if name != "HUEY_IMMEDIATE"}
    server = servers.Server(command, r"Doorstep  (http://\S+)", cwd=ROOT, env=environment)
    yield Addresses(server.ready[1], data)
    server.end()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with browsers.chromium(machine.chromium()) as browser:
        yield browser


class SignedIn(dict[str, Any]):
    """Name → the cookies of somebody who has signed in; whoever is asked for signs in."""

    def __init__(self, chromium: Browser, base: str) -> None:
        self.chromium, self.base = chromium, base

    def __missing__(self, name: str) -> Any:
        context = self.chromium.new_context(base_url=self.base)
        form = {"name": name, "password": PASSWORD}
        answer = context.request.post("/sign-in", form=form, headers={"Origin": self.base})
        assert answer.ok, answer.status
        self[name] = context.storage_state()
        context.close()
        return self[name]


@pytest.fixture(scope="package")
def signed_in(house: Addresses, chromium: Browser) -> SignedIn:
    return SignedIn(chromium, house.base)


@pytest.fixture
def complaints() -> list[str]:
    """What the consoles of this trip's pages said."""
    return []


@pytest.fixture
def arrive(
    house: Addresses, chromium: Browser, signed_in: SignedIn, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """`arrive("lin", PHONE)`: a page of somebody who is signed in; "" for nobody. More goes to the browser's context."""
    opened: list[BrowserContext] = []

    def open_page(name: str = "", screen: dict[str, Any] = PHONE, **options: Any) -> Page:
        state = signed_in[name] if name else None
        wishes = {
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "storage_state": state,
            "service_workers": "block",
            **screen,
        }
        context = chromium.new_context(base_url=house.base, **(wishes | options))
        context.set_default_timeout(30_000)
        opened.append(context)
        context.on("console", lambda message: _note(complaints, message))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()
    assert _unforgiven(complaints) == []


def _note(complaints: list[str], message: ConsoleMessage) -> None:
    refused = REFUSED.search(message.text) and "/assets/" not in message.location["url"]
    if message.type in ("error", "warning") and not refused and NO_WORKER not in message.text:
        complaints.append(f"{message.page.url if message.page else ''}  {message.text}")


def forgive_the_signal(complaints: list[str]) -> None:
    """What the browser says of a signal that was cut on purpose does not count, also if it says so only later."""
    complaints.append(FORGIVEN)


def _unforgiven(complaints: list[str]) -> list[str]:
    if FORGIVEN not in complaints:
        return complaints
    return [said for said in complaints if said != FORGIVEN and not NO_SIGNAL.search(said)]


def awake(page: Page, path: str) -> None:
    """Open a page and wait until it has all it asks for and its behaviours are awake."""
    page.goto(path, wait_until="networkidle")
