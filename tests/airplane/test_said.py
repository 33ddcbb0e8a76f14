"""What did they say? Without a signal: the three lines that work with customers like this one, and what is tapped counts."""

import re

import pytest

from tests.airplane.conftest import ASK, House, Phone, expect, until
from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.models import TalkTrack, TrackUse
from webapp.playbook.standing import kind_of

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
WENT = {"算十年": (6, 2), "先试三个月": (9, 5), "停一次机": (1, 6), "问问老板": (0, 0)}


@pytest.fixture
def lines(house: House) -> None:
    with house.app.app_context(), gate.transaction():
        customer = db.session.get(Customer, house.customers[0].id)
        by = customer.owner
        for title, (worked, flat) in WENT.items():
            track = TalkTrack.write(
                by, title=title, situation="objection", heard="太贵了", line=f"{title}。", language="zh"
            )
            track.approve(by)
            db.session.flush()
            for n in range(worked + flat):
                outcome = "worked" if n < worked else "flat"
                TrackUse.record(
                    track.id, outcome, by.id, visit_id=new_id(), customer_id=new_id(), kind=kind_of(customer)
                )


def test_in_two_taps_from_the_card_a_line_is_said_and_how_it_went_is_noted(
    house: House, lines: None, phone: Phone
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    said, pressed = page.locator("#lines .say"), page.locator("#lines [aria-pressed=true]")
    page.goto(f"{house.address}/customers/{house.customers[0].id}")
    page.get_by_role("button", name="太贵").click()
    expect(said).to_have_text(["算十年。", "先试三个月。", "问问老板。"])
    page.get_by_role("group", name="第1句灵不灵").get_by_role("button", name="没用").click()
    expect(said).to_have_text(["先试三个月。", "算十年。", "问问老板。"])
    expect(pressed).to_have_text(["没用 3"])
    page.get_by_role("group", name="第2句灵不灵").get_by_role("button", name="灵").click()
    expect(said.first).to_have_text("算十年。")
    expect(pressed).to_have_text(["灵 7"])
    page.get_by_role("searchbox").fill("tg")
    expect(page.get_by_role("heading", name="他说：tg")).to_be_visible()
    expect(page.locator(".bar .note")).to_have_text("恒润纺机")
    expect(said).to_have_text(["算十年。", "先试三个月。", "问问老板。"])
    said.first.click()
    expect(page.locator(".dock [aria-pressed=true]")).to_have_text(["灵"])
    page.go_back()
    page.get_by_role("searchbox").fill("量子")
    expect(page.get_by_text("库里还没有接这句的话")).to_be_visible()
    house.line.be("pass")
    page.goto(f"{house.address}/outbox")
    until(page, f"({ASK})('flush').then((state) => state.waiting === 0)")
    asked = f"{house.address}/playbook?q=太贵&customer={house.customers[0].id}"
    served = page.request.get(asked).text()  # the server's own page, past the phone
    assert re.findall(r">(算十年|先试三个月|问问老板)。</a>", served) == ["算十年", "先试三个月", "问问老板"]
    page.goto(asked)
    expect(page.locator("main ol [aria-pressed=true]")).to_have_text(["灵 7"])
    with house.app.app_context():
        assert db.session.query(TrackUse).filter_by(visit_id=None, stands=True).one().outcome == "worked"
