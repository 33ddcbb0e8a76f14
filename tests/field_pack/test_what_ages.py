"""A page may lie on the phone for days: on the morning on which something falls out of date, the door and the report say so."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.field_pack.phone import Phone
from tests.making import a_contact, a_customer
from webapp.attention.models import AttentionItem
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate

pytestmark = pytest.mark.slow  # each of them lays a whole pack


@pytest.fixture
def known(lin, cast):
    """Two customers; at one of them a supplier whose time is up in three days."""
    with gate.transaction():
        customer, other = a_customer(cast.lin), a_customer(cast.lin, "宏锦印染")
        chen = a_contact(customer)
        noticed_on = clock.today() - timedelta(days=87)
        item = AttentionItem.notice(
            customer, cast.lin, "supplier", "用洛轴的", contact_id=chen.id, noticed_on=noticed_on
        )
    phone = Phone(lin)
    phone.pull()
    return SimpleNamespace(phone=phone, item_id=item.id, cards=[f"/customers/{one.id}" for one in (customer, other)])


def asks(known):
    card = known.cards[0]
    pages = [known.phone.pages[url] for url in (card, f"{card}/reports/new", f"{card}/reports/new?mode=hallway")]
    [asked] = {"陈国栋还用洛轴的吗" in page for page in pages}
    return asked


def test_the_morning_on_which_it_falls_out_of_date_brings_his_card_and_forms_and_nobody_elses(known):
    assert known.cards[0] not in known.phone.pull_after(2) and not asks(known)
    came = known.phone.pull_after(1)
    assert asks(known) and "可能过时了" in known.phone.pages[known.cards[0]]
    assert known.cards[1] not in came


def test_a_phone_that_slept_over_that_day_is_told_all_the_same(known):
    known.phone.pull_after(30)
    assert asks(known)


def test_what_was_answered_rests_until_its_weeks_are_over(known, cast):
    known.phone.pull_after(5)
    with gate.transaction():
        db.session.get_one(AttentionItem, known.item_id).confirm("unsure", cast.lin)
    known.phone.pull()
    assert not asks(known)
    known.phone.pull_after(20)
    assert not asks(known)
    known.phone.pull_after(1)
    assert asks(known)


def test_what_has_changed_asks_for_weeks_what_it_is_now_and_then_no_more(known, cast):
    with gate.transaction():
        db.session.get_one(AttentionItem, known.item_id).confirm("changed", cast.lin)
    known.phone.pull()
    assert "变了，现在呢" in known.phone.pages[known.cards[0]]
    known.phone.pull_after(20)
    assert "变了，现在呢" in known.phone.pages[known.cards[0]]
    known.phone.pull_after(1)
    assert "变了，现在呢" not in known.phone.pages[known.cards[0]]
