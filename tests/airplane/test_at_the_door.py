"""Before the door and behind it, without a signal: a line that is not for him gives way at once, four questions land in his
file, what was promised both ways and a step above the limit are kept; with a signal again all of it is there, once."""

import pytest
from playwright.sync_api import Page

from tests.airplane import writing
from tests.airplane.conftest import ASK, House, Phone, expect, until
from webapp.bargain.models import Concession
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.playbook.models import Misfit, TalkTrack
from webapp.push.models import Notice
from webapp.spin.models import SpinTalk
from webapp.visits.models import Promise

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def lines(house: House) -> list[str]:
    """Three lines to begin with, the best first."""
    said = ["先看看您的机台。", "上个月停了几次？", "您最头疼哪一台？"]
    with house.app.app_context(), gate.transaction():
        customer = db.session.get_one(Customer, house.customers[0].id)
        for n, line in enumerate(said):
            words = {"situation": "opening", "heard": "", "language": "zh", "stages": [customer.stage or "search"]}
            TalkTrack.write(customer.owner, title=f"{n}", line=line, **words).approve(customer.owner)
    return said


def not_for_him(page: Page, said: str) -> None:
    """Why this line: it is said, and that it is not for him, in two taps."""
    fold = page.locator("details.door-why:visible")
    if not fold.get_attribute("open"):
        fold.locator("summary").click()
    expect(fold.get_by_text("适合“")).to_be_visible()
    fold.get_by_role("button", name="这句不适合他").click()
    expect(page.locator("dd.say a:visible")).to_have_text([said] if said else [])


def four_questions(page: Page, card: str) -> None:
    page.goto(f"{card}/spin/new")
    form = page.locator("form#spin")
    form.locator("[name=problem]").fill("夜班老停机")
    form.locator("[name=implication]").fill("一次六千")
    form.locator("[name=need_payoff]").fill("想半年不停")
    form.get_by_text("陈国栋").click()
    page.get_by_role("button", name="记进档案").click()
    writing.kept(page)


def promises(page: Page, card: str) -> None:
    for side, text in (("我们答应的", "周五前送样"), ("对方答应的", "约设备科见面")):
        page.goto(f"{card}/promises/new")
        page.locator("form#promise [name=text]").fill(text)
        page.locator("form#promise").get_by_text(side, exact=True).click()
        page.get_by_role("button", name="记下").click()
        writing.kept(page)


def above_the_limit(page: Page, card: str) -> None:
    page.goto(f"{card}/concessions/new")
    form = page.locator("form#concession")
    form.get_by_text("折扣", exact=True).click()
    form.locator("[name=amount]").fill("9")
    form.get_by_text("今天就签", exact=True).click()
    page.get_by_role("button", name="记下").click()
    writing.kept(page)


def test_a_door_without_a_signal_is_whole_on_the_server_afterwards(
    house: House, lines: list[str], phone: Phone
) -> None:
    page, card = phone.first_sync(), f"{house.address}/customers/{house.customers[0].id}"
    house.line.be("refuse")
    page.goto(card)
    expect(page.locator("dd.say a:visible")).to_have_text([lines[0]])
    not_for_him(page, lines[1])
    page.goto(f"{house.address}/customers")
    page.goto(card)
    expect(page.locator("dd.say a:visible")).to_have_text([lines[1]])
    not_for_him(page, "")
    expect(page.locator(".ledger dt:visible").get_by_text("一句")).to_have_count(0)
    four_questions(page, card)
    promises(page, card)
    above_the_limit(page, card)
    house.line.be("pass")
    page.goto(house.address + "/outbox")
    until(page, f"({ASK})('flush').then((state) => state.waiting === 0)")
    stands_in_the_file(house)
    page.goto(card)
    expect(page.locator("dd.say a:visible")).to_have_text([lines[2]])
    expect(page.get_by_role("region", name="承诺").get_by_role("heading", level=3)).to_have_count(2)


def stands_in_the_file(house: House) -> None:
    with house.app.app_context():
        customer = db.session.get_one(Customer, house.customers[0].id)
        assert customer.pain.endswith("夜班老停机；一次六千（陈国栋）")
        assert customer.latent_need.endswith("想半年不停（陈国栋）")
        promised = {(one.direction, one.text) for one in db.session.scalars(db.select(Promise))}
        assert promised == {("ours", "周五前送样"), ("theirs", "约设备科见面")}
        step, talk = db.session.query(Concession).one(), db.session.query(SpinTalk).one()
        assert (step.state, step.customer_id, talk.contact.name) == ("handed_in", customer.id, "陈国栋")
        assert db.session.query(Notice).filter_by(user_id=house.people.zhou, kind="concession").count() == 1
        assert db.session.query(Misfit).count() == 2
