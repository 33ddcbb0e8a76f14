"""One question a visit, the one whose answer is worth most, in the words in which one would ask it, answered in one tap."""

import re
from datetime import timedelta
from random import Random

import pytest

from tests import making
from tests.counting import count_queries
from webapp.attention import queries
from webapp.attention.asking import CATEGORY, LEVEL, ROLE, question, worth
from webapp.attention.models import AttentionItem, Confirmation
from webapp.attention.wording import still_so
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

LONG = 1000
"""Days after which all is out of date that can be."""


@pytest.fixture
def customer(cast):
    with gate.transaction():
        customer = making.a_customer(cast.lin, level="C")
        customer.shen = making.a_contact(customer, "沈卫民", title="总经理", decision_role="decision_maker")
        customer.chen = making.a_contact(customer, title="设备部经理", decision_role="user")
    return customer


def long_ago(customer, by, category="desk", observed="桌上有台台历", person=None, days=LONG, **values):
    with gate.transaction():
        on = clock.today() - timedelta(days=days)
        contact_id = person.id if person else None
        item = AttentionItem.notice(customer, by, category, observed, contact_id=contact_id, noticed_on=on, **values)
    return item.id


def asked(customer):
    customer = db.session.get_one(Customer, customer.id)
    found = question(queries.items(customer.id), customer)
    return found and found.item.id


def confirm(browser, item_id, outcome, **values):
    data = {"submission_id": new_id(), "outcome": outcome, **values}
    return browser.post(f"/attention/{item_id}/confirmations", data=data)


def test_from_whom_he_buys_is_asked_before_what_stands_on_his_desk(customer, cast):
    long_ago(customer, cast.lin)
    supplier = long_ago(customer, cast.lin, "supplier", "用洛轴的", days=100)
    assert asked(customer) == supplier


def test_of_who_decides_before_of_who_uses_it(customer, cast):
    of_shen = long_ago(customer, cast.lin, person=customer.shen)
    long_ago(customer, cast.lin, person=customer.chen)
    assert asked(customer) == of_shen


def test_what_opened_a_door_is_worth_more_and_what_fell_flat_less(customer, cast):
    flat, plain, worked = (long_ago(customer, cast.lin, observed=n, person=customer.chen) for n in "abc")
    with gate.transaction():
        db.session.get_one(AttentionItem, flat).use("flat", cast.lin)
        db.session.get_one(AttentionItem, worked).use("worked", cast.lin)
    order = []
    for _n in range(3):
        order.append(asked(customer))
        with gate.transaction():
            db.session.get_one(AttentionItem, order[-1]).retire()
    assert order == [worked, plain, flat]


def test_whatever_is_known_the_question_is_the_one_that_is_worth_most(customer, cast):
    """Of many lists made at random: nothing that may be asked is worth more than what is asked, and more never counts less."""
    random = Random(7)
    people = [customer.shen, customer.chen, None]
    for _round in range(6):
        for _n in range(5):
            long_ago(customer, cast.lin, random.choice(list(CATEGORY)), new_id(), random.choice(people))
        known = queries.items(customer.id)
        best = question(known, customer)
        assert worth(best.item, customer) == max(worth(item, customer) for item in known.live)
        with gate.transaction():
            db.session.get_one(AttentionItem, best.item.id).retire()
    item = db.session.get_one(AttentionItem, long_ago(customer, cast.lin, person=customer.chen))
    by_role = [
        worth(item, customer) for item.contact.decision_role in sorted([*ROLE, "user"], key=lambda r: ROLE.get(r, 1))
    ]
    by_level = [worth(item, customer) for customer.level in sorted([*LEVEL, "E"], key=lambda one: LEVEL.get(one, 1))]
    assert by_role == sorted(by_role) and by_level == sorted(by_level)
    db.session.rollback()


def test_what_is_fresh_and_what_never_ages_is_not_asked(customer, cast):
    long_ago(customer, cast.lin, "supplier", "用洛轴的", days=89)
    long_ago(customer, cast.lin, "occasion", "生日八月十五")
    assert asked(customer) is None


@pytest.mark.parametrize("change", [{"left_at": clock.now()}, {"consent": "refused"}])
def test_of_one_who_left_or_said_no_nothing_is_asked(customer, cast, change):
    long_ago(customer, cast.lin, person=customer.chen)
    with gate.transaction():
        for name, value in change.items():
            setattr(db.session.get_one(making.Contact, customer.chen.id), name, value)
    assert asked(customer) is None


def test_what_touches_family_or_health_is_no_question_for_the_door(customer, cast):
    with gate.transaction():
        db.session.get_one(making.Contact, customer.chen.id).record_consent("given", cast.lin, "health")
    long_ago(customer, cast.lin, "taste", "不喝酒，胃不好", customer.chen, sensitive="health")
    assert queries.items(customer.id).count == 1 and asked(customer) is None


def test_one_question_a_day_and_no_question_twice_within_weeks(customer, cast, lin):
    supplier, desk = long_ago(customer, cast.lin, "supplier", "用洛轴的"), long_ago(customer, cast.lin)
    assert confirm(lin, supplier, "unsure").location == f"/customers/{customer.id}#attention"
    assert asked(customer) is None
    clock.freeze(clock.here() + timedelta(days=1))
    assert asked(customer) == desk
    clock.freeze(clock.here() + timedelta(days=20))
    assert asked(customer) == supplier


@pytest.mark.parametrize(
    ("outcome", "words"), [("still", "可能过时了"), ("unsure", ""), ("changed", "用洛轴的”变了，现在呢")]
)
def test_lin_answers_at_the_door_in_one_tap(customer, cast, lin, outcome, words):
    item_id = long_ago(customer, cast.lin, "supplier", "用洛轴的", customer.shen)
    card = lin.get(f"/customers/{customer.id}").text
    assert (
        card.count("沈总还用洛轴的吗？") == 2 and "可能过时了" in card
    )  # on the first screen, and where it is answered
    form = re.search(rf'action="/attention/{item_id}/confirmations".*?</form>', card, re.DOTALL)[0]
    assert re.findall(r'name="outcome" value="(\w+)"', form) == ["still", "changed", "unsure"]
    assert confirm(lin, item_id, outcome).status_code == 303
    after = lin.get(f"/customers/{customer.id}").text
    assert "沈总还用洛轴的吗" not in after and (words in after) == (outcome != "still")
    if outcome == "changed":
        assert f"/customers/{customer.id}/attention/new?category=supplier&amp;contact={customer.shen.id}" in after


def test_the_same_tap_twice_is_one_answer(customer, cast, lin):
    item_id, tap = long_ago(customer, cast.lin), {"submission_id": new_id()}
    for _n in range(2):
        assert confirm(lin, item_id, "still", **tap).status_code == 303
    assert db.session.query(Confirmation).count() == 1


def test_no_answer_and_a_foreign_fact_are_refused(customer, cast, lin, client_of):
    item_id = long_ago(customer, cast.lin)
    assert confirm(lin, item_id, "perhaps").status_code == 422
    assert confirm(client_of(cast.wu), item_id, "still").status_code == 404
    assert db.session.query(Confirmation).count() == 0


def test_who_learned_it_when_and_how_sure_stands_on_the_list(customer, cast, lin):
    data = {"category": "supplier", "observed": "用洛轴的", "sureness": "heard", "noticed_on": "2026-11-05"}
    assert lin.post(f"/customers/{customer.id}/attention", data=data).status_code == 303
    [item] = queries.items(customer.id).live
    page = re.sub(r"<[^>]*>|\s", "", lin.get(f"/customers/{customer.id}").text)
    assert item.sureness == "heard" and "林晓岚·11月5日·听别人说" in page
    edit = lin.get(f"/attention/{item.id}/edit").text
    assert re.search(r'value="heard" checked', edit)
    lin.post(
        f"/attention/{item.id}", data={"category": "supplier", "observed": "用洛轴的，年底到期"}
    )  # an old page's form
    assert queries.items(customer.id).live[0].sureness == "heard"
    confirm(lin, item.id, "still")
    assert "11月24日林晓岚确认过" in re.sub(r"<[^>]*>|\s", "", lin.get(f"/customers/{customer.id}").text)


@pytest.mark.parametrize(
    ("category", "observed", "words"),
    [
        ("taste", "爱喝凤凰单丛，淡一点", "陈经理还爱喝凤凰单丛吗？"),
        ("taste", "茶台上常年一罐凤凰单丛", "陈经理茶台上还常年一罐凤凰单丛吗？"),
        ("taste", "咖啡只要生椰拿铁", "陈经理的口味还是“咖啡只要生椰拿铁”吗？"),
        ("supplier", "现在用SKF，合同到年底", "陈经理还用SKF吗？"),
        ("supplier", "洛轴", "陈经理用的还是“洛轴”吗？"),
        ("desk", "桌上有台竞品送的台历", "陈经理桌上还有台竞品送的台历吗？"),
        ("office", "奖柜里有“安全先进”", "陈经理奖柜里还有“安全先进”吗？"),
        ("channel", "只看微信，下午三点后才回", "陈经理还只看微信吗？"),
        ("hobby", "钓" * 40, "陈经理的爱好还是“" + "钓" * 23 + "…”吗？"),
        ("reading", "The Goal", "陈经理手边的书还是“The Goal”吗？"),
        ("style", "，", "陈经理的打扮还是“，”吗？"),
    ],
)
def test_it_is_asked_as_one_would_ask_it(customer, cast, category, observed, words):
    item = db.session.get_one(AttentionItem, long_ago(customer, cast.lin, category, observed, customer.chen))
    assert still_so(item) == words


def test_what_is_the_companys_is_asked_of_them(customer, cast):
    item = db.session.get_one(AttentionItem, long_ago(customer, cast.lin, "supplier", "用洛轴的"))
    assert still_so(item) == "他们还用洛轴的吗？"


def test_in_english_the_words_are_quoted(customer, cast, client_of):
    long_ago(customer, cast.lin, "supplier", "Buys from Luoyang, until June", customer.chen)
    page = client_of(cast.lin, language="en").get(f"/customers/{customer.id}").text
    assert "Is this still what 陈国栋 uses: “Buys from Luoyang”?" in page


def test_the_question_costs_no_query(customer, cast):
    for n in range(9):
        long_ago(customer, cast.lin, observed=f"桌上有{n}", person=customer.chen)
    customer = db.session.get_one(Customer, customer.id)
    with count_queries() as counted:
        assert question(queries.items(customer.id), customer)
    assert counted.n == 1
