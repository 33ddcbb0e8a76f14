"""A house with a line to it, and a rep's phone: the real app on a port of its own, our faulty proxy before it, Chromium."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright
from werkzeug.serving import make_server

from doors import machine
from tests import making
from tests.airplane.proxy import Line
from tests.apps import an_app
from tests.browsers import FLAGS
from webapp.accounts import sessions
from webapp.accounts.models import Device
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.settings import from_environment
from webapp.outbox import gate
from webapp.visits.models import DayPlan


@dataclass
class House:
    app: Flask
    line: Line
    people: SimpleNamespace
    customers: list[Any]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.line.port}"

    def count(self, model: type) -> int:
        with self.app.app_context():
            return int(db.session.scalar(db.select(db.func.count()).select_from(model)) or 0)

    def token(self, name: str) -> str:
        with self.app.app_context(), gate.transaction():
            return sessions.begin(db.session.get(making.User, getattr(self.people, name)), "phone")

    def sign_everybody_out(self) -> None:
        with self.app.app_context(), gate.transaction():
            db.session.execute(db.update(Device).values(revoked_at=clock.now()))


expect.set_options(timeout=20_000)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Lin's customers, and a line to them that can be broken."""
    with a_house(tmp_path / "data") as one:
        yield one


@pytest.fixture
def second_house(tmp_path: Path) -> Iterator[House]:
    """Another with the same people and customers."""
    with a_house(tmp_path / "second") as one:
        yield one


@contextmanager
def a_house(data: Path) -> Iterator[House]:
    clock.freeze(None)
    settings = replace(from_environment({"DOORSTEP_DATA": str(data)}), secret_key="for tests only")
    app = an_app(settings)
    with app.app_context():
        db.create_all()
        people, customers = _furnish()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    line = Line(server.port)
    yield House(app, line, people, customers)
    line.close()
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def _furnish() -> tuple[SimpleNamespace, list[Any]]:
    with gate.transaction():
        cast = making.the_cast()
        names = ["恒润纺机", "宏锦印染", "德瑞水泵", "金禾造纸"]
        customers = [making.a_customer(cast.lin, name, level="B") for name in names]
        for customer in customers:
            making.a_contact(customer, "陈国栋")
            making.an_attention_item(customer, cast.lin)
        DayPlan.of(cast.lin, clock.today()).add(customers[0], purpose="service", at="09:30")
    people = SimpleNamespace(**{name: person.id for name, person in vars(cast).items()})
    return people, [SimpleNamespace(id=customer.id, name=customer.name) for customer in customers]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


class Phone:
    """Lin's phone: a browser with a profile that outlives it."""

    def __init__(self, playwright: Playwright, profile: Path, house: House) -> None:
        self.playwright, self.profile, self.house = playwright, profile, house
        self.context: BrowserContext
        self.switch_on()

    def switch_on(self) -> None:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=machine.chromium(),
            args=FLAGS,
            locale="zh-CN",
            viewport={"width": 390, "height": 844},
        )
        self.context.set_default_timeout(30_000)

    def sign_in(self, name: str = "lin") -> None:
        expires = (clock.now() + timedelta(days=30)).timestamp()
        cookie = {
            "name": sessions.COOKIE,
            "value": self.house.token(name),
            "url": self.house.address,
            "expires": expires,
        }
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self, path: str = "/") -> Page:
        page = self.context.new_page()
        page.goto(self.house.address + path)
        return page

    def first_sync(self) -> Page:
        """Sign in, and wait until the phone carries its pack."""
        self.sign_in()
        page = self.open()
        until(page, "Boolean(navigator.serviceWorker.controller)")
        until(page, WHOLE)
        return page

    def state(self, page: Page) -> dict:
        return page.evaluate(ASK, "state")

    def arrive(self, page: Page, n: int = 0) -> None:
        """Wait until nothing waits any more."""
        until(page, f"({ASK})('state').then(({{ waiting, files }}) => waiting + files === {n})")

    def send_all(self, page: Page) -> None:
        """The line is back, and one tap in the outbox sends what waits."""
        self.house.line.be("pass")
        page.goto(self.house.address + "/outbox")
        page.get_by_role("button", name="现在送").click()
        self.arrive(page)


ASK = """(kind) => new Promise((done) => { const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data); navigator.serviceWorker.controller.postMessage({ kind, now: true }, [port2]); })"""
WHOLE = f"({ASK})('state').then((state) => state.whole && !state.pulling)"


def until(page: Page, script: str, patience: int = 60_000) -> None:
    """Wait until the script says true in the page; the content policy allows no waiting inside it."""
    for _ in range(patience // 100):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not in time: {script}")


@pytest.fixture
def phone(playwright: Playwright, house: House, tmp_path: Path) -> Iterator[Phone]:
    phone = Phone(playwright, tmp_path / "profile", house)
    yield phone
    house.line.be("pass")
    phone.context.close()


__all__ = ["ASK", "House", "Phone", "expect", "until"]
