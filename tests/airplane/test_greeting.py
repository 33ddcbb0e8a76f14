"""Two birthdays without a signal: the wish is copied, the tap is kept and seen at once on the list and at the door; with a
signal again it is there, once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.airplane import writing
from tests.airplane.conftest import House, Phone, expect
from webapp.attention.models import Greeting
from webapp.customers.models import Contact
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
SENT = "问候过了，记在这部手机上，有信号就送。"


@pytest.fixture
def today(house: House) -> date:
    """Whose birthdays come tomorrow."""
    with house.app.app_context(), gate.transaction():
        today = clock.today()
        on = today + timedelta(days=1)
        for customer, name in zip(house.customers[:2], ("沈卫民", "余志强"), strict=True):
            person = db.session.scalars(select(Contact).where(Contact.customer_id == customer.id)).one()
            born = {"birthday_month": on.month, "birthday_day": on.day, "birthday_is_lunar": False}
            person.revise(name=name, title="总经理", **born)
    return today


def test_who_was_greeted_in_a_tunnel_is_greeted_once(house: House, today: date, phone: Phone) -> None:
    page = phone.first_sync()
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    house.line.be("refuse")
    page.goto(f"{house.address}/days/{today}")
    page.locator(".strip", has_text="7天内有2个关怀日").get_by_role("link").click()
    page.get_by_role("button", name="复制祝福：沈卫民").click()
    expect(page.get_by_text("复制好了")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("沈总，")
    page.get_by_role("button", name="已问候沈卫民").click()
    writing.kept(page)
    expect(page).to_have_url(f"{house.address}/care")
    for path, others in (("/care", 1), (f"/customers/{house.customers[0].id}", 0)):
        page.goto(house.address + path)
        for fold in page.locator("details.greet").all():
            fold.evaluate("fold => { fold.open = true }")
        expect(page.locator("p:visible", has_text=SENT)).to_have_count(1)
        expect(page.get_by_role("button", name="已问候沈卫民")).to_have_count(0)
        expect(page.get_by_role("button", name="已问候余志强")).to_have_count(others)

    house.line.be("pass")
    page.goto(house.address + "/outbox")
    phone.arrive(page)
    assert house.count(Greeting) == 1
    page.goto(house.address + "/care")
    expect(page.get_by_text("问候过1位寿星")).to_be_visible()
    expect(page.get_by_role("button", name="已问候沈卫民")).to_have_count(0)
