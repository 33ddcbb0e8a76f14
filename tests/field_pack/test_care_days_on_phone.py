"""The care days lie on the phone: each morning with what has come nearer, and at once when somebody changes what they say."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.field_pack.phone import Phone
from tests.making import a_contact, a_customer
from webapp.attention.models import Greeting
from webapp.customers.models import Contact
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate

pytestmark = pytest.mark.slow  # each of them lays a whole pack
WISH = "陈经理，祝您生日快乐，一切顺心！"


@pytest.fixture
def known(lin, cast):
    """Two customers; at one of them somebody whose birthday is in nine days."""
    with gate.transaction():
        customer, other = a_customer(cast.lin, level="B"), a_customer(cast.lin, "宏锦印染", level="A")
        chen = a_contact(customer, title="设备部经理", birthday_month=12, birthday_day=3)
        a_contact(other, "王海")
    phone = Phone(lin)
    phone.pull()
    return SimpleNamespace(phone=phone, chen=chen.id, cards=[f"/customers/{one.id}" for one in (customer, other)])


def test_the_list_has_him_two_weeks_ahead_and_his_card_from_a_week_before_to_the_day(known):
    assert WISH in known.phone.pages["/care"] and WISH not in known.phone.pages[known.cards[0]]
    assert known.cards[0] not in known.phone.pull_after(1)
    came = known.phone.pull_after(1)
    assert WISH in known.phone.pages[known.cards[0]] and known.cards[1] not in came
    known.phone.pull_after(7)
    assert WISH in known.phone.pages[known.cards[0]] and WISH in known.phone.pages["/care"]
    known.phone.pull_after(1)
    assert WISH not in known.phone.pages[known.cards[0]] and WISH not in known.phone.pages["/care"]


def test_today_carries_the_line_of_each_day_to_come(known):
    day = clock.today()
    pages = [known.phone.pages[f"/days/{day + timedelta(days=n)}"] for n in (0, 1, 2, 9, 10)]
    assert ["7天内有1个关怀日" in page for page in pages] == [False, False, True, True, False]


def test_a_festival_comes_to_the_list_by_itself(known, cast):
    known.phone.pull_after(60)  # 23 January 2027, Spring Festival on 6 February
    assert ">王海 <" in known.phone.pages["/care"] and "给您拜年了" in known.phone.pages["/care"]
    for level in ("E", "A"):
        with gate.transaction():
            db.session.get_one(Contact, known.chen).customer.set_level(level, "看错了", cast.lin)
        known.phone.pull()
        assert (">陈国栋 <" in known.phone.pages["/care"]) == (level == "A")


def test_who_was_greeted_or_says_no_leaves_every_page_at_once(known, cast):
    known.phone.pull_after(5)
    with gate.transaction():
        chen = db.session.get_one(Contact, known.chen)
        Greeting.give(chen, cast.lin, "birthday", clock.today() + timedelta(days=4))
    known.phone.pull()
    assert [url for url, page in known.phone.pages.items() if WISH in page] == []
    assert "7天内有1个关怀日" not in known.phone.pages[f"/days/{clock.today()}"]
    with gate.transaction():
        db.session.delete(db.session.query(Greeting).one())
        db.session.get_one(Contact, known.chen).record_consent("refused", cast.lin)
    known.phone.pull()
    assert [url for url, page in known.phone.pages.items() if WISH in page] == []
