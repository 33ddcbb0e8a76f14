"""The card of a customer of whom everything is known, in a real browser: it is one screen, in every language."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from doors import machine
from tests import browsers, making
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import Promise

pytestmark = pytest.mark.browser
ORIGIN = "https://doorstep.example"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers.chromium(machine.chromium()) as browser:
        yield browser


@pytest.fixture
def customer(cast: SimpleNamespace) -> making.Customer:
    """Two alarms, many people, many promises, many openers, long visits, all of it in long sentences."""
    with gate.transaction():
        customer = making.a_customer(
            cast.lin, "苏州恒润纺织机械股份有限公司", address="苏州市吴中区东吴南路188号3幢2层"
        )
        customer.open_complaint, customer.complaint_since = (
            "试用的两套样品在满速下异响，要求换货并说明原因",
            date(2026, 11, 22),
        )
        customer.overdue_cents, customer.overdue_since = 12345600, date(2026, 11, 18)
        for n in range(5):
            title, when = "设备管理部高级经理兼厂长助理", "周五上午十点以后好约，先发微信"
            person = making.a_contact(
                customer,
                f"欧阳国栋{n}",
                title=title,
                best_time=when,
                phone="13812340001",
                wechat="w",
                decision_role="influencer",
            )
            opener = (
                "Ask whether he drove the desert rally again, then offer the outing"
                if n % 2
                else "问问阳澄湖这两天的鱼口，再约周末一起去钓一回"
            )
            making.an_attention_item(customer, cast.lin, opener=opener, contact_id=person.id, worked=n)
            text = "带第三方出的轴承寿命试验报告和换货说明"
            db.session.add(
                Promise(id=new_id(), customer_id=customer.id, by_id=cast.lin.id, text=text, due_on=date(2026, 11, 26))
            )
            made_on = clock.today() - timedelta(days=n)
            said = f"嫌贵{n}：国产的八千小时也够用，价格只有你们的六成，凭什么换"
            making.a_report(
                customer, cast.lin, day=made_on, objection_said=said, needs="停一次机损失约六千元，一年两次" * 3
            )
    return customer


def read(browser: Browser, client: FlaskClient, address: str, width: int, locale: str) -> Page:
    """The page as a phone shows it; what the browser asks for is answered by the app itself."""

    def answer(route: Route) -> None:
        path, wish = route.request.url.removeprefix(ORIGIN), {"Accept-Language": locale}
        with client.application.app_context(), client.get(path, headers=wish) as found:
            route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.data)

    context = browser.new_context(viewport={"width": width, "height": 844}, locale=locale, service_workers="block")
    page = context.new_page()
    page.clock.set_fixed_time(clock.now())
    page.route("**/*", answer)
    page.goto(ORIGIN + address, wait_until="networkidle")
    return page


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize(("width", "height"), [(390, 600), (360, 640)])
def test_whatever_is_known_the_card_is_one_screen(browser, lin, customer, locale, width, height):
    page = read(browser, lin, f"/customers/{customer.id}", width, locale)
    card = page.locator(".door-card > section").bounding_box()
    assert card["y"] + card["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


def test_the_dock_stands_under_the_thumb_with_targets_for_it(browser, lin, customer):
    page = read(browser, lin, f"/customers/{customer.id}", 360, "en")
    boxes = [tool.bounding_box() for tool in page.locator(".dock a, .dock button").all()]
    assert len(boxes) == 5 and all(box["height"] >= 47 and box["width"] >= 47 for box in boxes)
    assert all(left["x"] + left["width"] <= right["x"] + 1 for left, right in pairwise(boxes))
    assert boxes[-1]["x"] + boxes[-1]["width"] <= 360
    page.context.close()
