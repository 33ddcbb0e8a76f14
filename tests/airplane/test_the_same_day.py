"""One day of lin's, walked twice: in a browser with a signal and no worker, and on a phone whose line was cut after the
first sync. Afterwards the two houses hold the same rows."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright

from doors import machine
from tests.airplane import writing
from tests.airplane.conftest import ASK, House, Phone, until
from tests.browsers import FLAGS
from webapp.accounts import sessions
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox.models import Receipt

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

ID = re.compile(r"([0-9a-f]{2}/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MINUTES = re.compile(r"(?<='minutes': )\d+")
"""Two walks do not take the same time."""
PHOTO = writing.picture()
DAY: list[tuple[str, str, dict[str, Any]]] = [
    ("/customers/{0}", "/check-ins", {}),
    (
        "/customers/{0}/reports/new",
        "/reports",
        {
            "purpose": "service",
            "result": "progress",
            "needs": "停一次机损失六千",
            "next_on": 1,
            "next_step": "带样品去",
            "seen-0-category": "taste",
            "seen-0-observed": "茶台上有单丛",
            "promises-0-text": "周五前给寿命报告",
            "photos": lambda: PHOTO,
        },
    ),
    ("/customers/{1}/reports/new?mode=hallway", "/reports", {"result": "refused", "next_on": 1}),
    ("/customers/{1}/attention/new", "/attention", {"category": "taste", "observed": "桌上摆着越野车模型"}),
    ("/customers/{1}/promises/new", "/promises", {"text": "下周带样品"}),
    ("/customers/{2}/contacts/new", "/contacts", {"name": "李工", "phone": "139 0000 1111", "decision_role": "user"}),
    ("/customers/{2}/notes/new", "/notes", {"kind": "call", "text": "问了交期"}),
    ("/customers/{2}/level", "/level", {"level": "A", "reason": "要再买两台"}),
    ("/customers/{3}/next-step", "/next-step", {"next_step": "送报价"}),
    ("/customers/new", "/customers", {"name": "河湾纺机有限公司", "phone": "0512-60001111"}),
    ("/days/{today}", "/handing-in", {"message": "两家顺路"}),
    ("/days/{today}/report", "/report", {"insight": "先问难处，再谈价"}),
]
"""Page, the end of its form's address, and what is put into it: all that a rep writes in a day."""

ROWS = "attachment attention_item check_in contact customer daily_report day_plan history_entry level_change promise report stop"


def test_a_day_without_a_signal_leaves_the_same_rows_as_one_with(
    house: House, second_house: House, phone: Phone, playwright: Playwright
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    walk(house, page, lambda done: until(page, f"({ASK})('state').then(({{ waiting }}) => waiting === {done})"))
    assert house.count(Receipt) == 0
    phone.send_all(page)

    browser = playwright.chromium.launch(executable_path=machine.chromium(), args=FLAGS)
    context = browser.new_context(service_workers="block", locale="zh-CN", base_url=second_house.address)
    context.add_cookies([{"name": sessions.COOKIE, "value": second_house.token("lin"), "url": second_house.address}])
    page = context.new_page()
    walk(second_house, page, lambda done: filed(second_house, page, done))
    browser.close()

    assert rows(house) == rows(second_house)
    assert house.count(Receipt) == len(DAY)


def walk(house: House, page: Page, wait: Callable[[int], None]) -> None:
    ids = [customer.id for customer in house.customers]
    with house.app.app_context():
        today = clock.today().isoformat()
    for number, (path, ending, fields) in enumerate(DAY, 1):
        page.goto(house.address + path.format(*ids, today=today), wait_until="load")
        form = page.locator(f"form[action$='{ending}'][method=post]").first
        for name, value in fields.items():
            put(form, name, value)
        form.evaluate("form => form.requestSubmit()")
        wait(number)


def put(form: Locator, name: str, value: Any) -> None:
    field = form.locator(f"[name='{name}']")
    if callable(value):
        field.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": value()})
        form.locator("[data-shots] img").wait_for()
    elif isinstance(value, int):
        field.nth(value).evaluate("one => { one.checked = true; }")
    elif field.first.get_attribute("type") in ("radio", "checkbox"):
        form.locator(f"[name='{name}'][value='{value}']").evaluate("one => { one.checked = true; }")
    else:
        field.first.evaluate("(one, value) => { one.value = value; }", value)


def filed(house: House, page: Page, done: int) -> None:
    for _ in range(200):
        if house.count(Receipt) == done:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not filed: {DAY[done - 1]}")


def rows(house: House) -> dict[str, list[str]]:
    """What the tables of the field hold, without what no two days have in common: ids and the clock's times."""
    found = {}
    with house.app.app_context():
        for name in ROWS.split():
            table = db.metadata.tables[name]
            same = [
                c
                for c in table.c
                if not c.primary_key and not c.foreign_keys and not c.name.endswith(("_at", "_id", "at"))
            ]
            own = [c for c in same if c.name not in ("url", "sha256", "path", "detail", "search")]
            found[name] = sorted(
                MINUTES.sub("some", ID.sub("…", repr(tuple(row)))) for row in db.session.execute(db.select(*own))
            )
    return found
