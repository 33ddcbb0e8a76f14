"""Below the card everything else that is known, for those who may know it."""

import re
from datetime import date, timedelta

import pytest

from tests import making
from tests.counting import count_queries
from tests.door.giving import a_promise
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate


def test_what_visits_heard_of_the_need_is_told_once_with_its_day_the_latest_first(door, customer):
    with gate.transaction():
        mine = db.session.get_one(making.Customer, customer.id)
        mine.pain = "停机赔工期\n2026-10-01 要现货\n2026-11-05 缺备件\n2026-11-20 要现货\n2026-13-45 不是日子"
    portrait = door("portrait")
    assert portrait.index("停机赔工期") < portrait.index("要现货（11月20日）") < portrait.index("缺备件（11月5日）")
    assert portrait.count("要现货") == 1 and "停机赔工期" in door("ledger")


def test_whoever_was_met_last_is_chosen_for_what_one_notices(door, customer, cast):
    with gate.transaction():
        making.a_contact(customer, "顾姐")
        chen = making.a_contact(customer)
        making.a_report(customer, cast.lin).met = [chen]
    assert f"attention/new?contact={chen.id}" in door("attention")


def test_whoever_has_not_been_told_is_named(door, customer, cast):
    with gate.transaction():
        chen, shen = making.a_contact(customer), making.a_contact(customer, "沈卫民", consent="given")
        db.session.flush()
        for person in (chen, shen):
            making.an_attention_item(customer, cast.lin, contact_id=person.id)
    assert "还没告诉陈国栋记这些" in door("attention")


def test_the_file_is_below_the_card(door, customer, cast):
    with gate.transaction():
        mine = db.session.get_one(making.Customer, customer.id)
        mine.pain, mine.budget_cents, mine.nps, mine.is_strategic = "停机", 5000000, 9, True
        mine.next_step, mine.next_step_on, mine.receivable_cents = "送报告", date(2026, 11, 25), 120000
        mine.tag_with(["纺机"])
        making.a_report(customer, cast.lin, order_cents=360000, collection_cents=100000)
        mine.set_level("B", "认可停机损失", cast.zhou)
        mine.propose_level("A", "下周签", cast.lin)
    portrait, level = door("portrait"), door("level")
    for words in (
        "停机",
        "预算¥50,000",
        "行业标杆",
        "打9分",
        "应收¥1,200",
        "11月25日 · 送报告",
        "¥3,600",
        "¥1,000",
        "纺机",
    ):
        assert words in portrait
    assert portrait.count("is-done") == 2 and 'aria-current="step"' in portrait
    assert "提议：B → A" in level and "下周签" in level and "认可停机损失" in level and "周建国" in level


def test_the_latest_four_entries_and_the_way_to_the_rest(door, customer, cast):
    with gate.transaction():
        mine = db.session.get_one(making.Customer, customer.id)
        for n in range(6):
            mine.note_history("note", f"第{n}条", cast.lin, at=clock.now() - timedelta(days=n))
    history = door("history")
    assert "第0条" in history and "第3条" in history and "第4条" not in history
    assert "更早的2条" in history and f"/customers/{customer.id}/history" in history


def test_a_supervisor_reads_whose_file_it_is_and_its_owner_does_not(door, zhou):
    assert "林晓岚的客户" in door(browser=zhou)
    assert "林晓岚的客户" not in door()


def test_only_ones_own_customers_go_on_ones_own_plan(door, zhou, customer):
    way = f"/days/2026-11-25/stops/new?add={customer.id}"
    assert way in door() and way not in door(browser=zhou)


def test_anothers_customer_and_an_unknown_one_are_answered_alike(client_of, cast, customer):
    for name in ("sun", "wu"):
        assert client_of(getattr(cast, name)).get(f"/customers/{customer.id}").status_code == 404
    assert client_of(cast.lin).get(f"/customers/{new_id()}").status_code == 404


def test_a_merged_file_leads_to_the_kept_one_for_good(lin, customer, cast):
    with gate.transaction():
        kept = making.a_customer(cast.lin, "恒润纺织机械")
        db.session.flush()
        db.session.get_one(making.Customer, customer.id).merge_into(kept, cast.lin)
    answer = lin.get(f"/customers/{customer.id}")
    assert answer.status_code in (301, 308) and answer.location.endswith(f"/customers/{kept.id}")


def fill(customer, by, n):
    for i in range(n):
        person = making.a_contact(customer, f"Chen {i}", phone=f"1381234000{i}", wechat=f"w{i}")
        making.an_attention_item(customer, by, f"看到{i}", contact_id=person.id)
        a_promise(customer, by, f"答应{i}", contact_id=person.id)
        making.a_report(customer, by, needs=f"需要{i}").met = [person]
        customer.note_history("note", f"条{i}", by)
        customer.set_level("B" if i % 2 else "C", "x", by)
    customer.tag_with([f"标{i}" for i in range(n)])


def test_the_number_of_queries_does_not_grow_with_the_file(lin, customer, cast):
    counts, address = [], f"/customers/{customer.id}"
    for more in (1, 9):
        with gate.transaction():
            fill(db.session.get_one(making.Customer, customer.id), cast.lin, more)
        db.session.expire_all()
        with count_queries() as counted:
            assert lin.get(address).status_code == 200
        counts.append(counted.n)
    assert counts[0] == counts[1], counts
    assert counts[1] <= 15, counted.statements  # what was given at the signing is a table of its own


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Decider", "Attention list", "Portrait", "Report"]),
        ("zh-TW", ["拍板", "注意力清單", "寫報告"]),
        ("zh-CN", ["拍板", "写报告"]),
    ],
)
def test_the_door_speaks_three_languages(client_of, cast, customer, language, words):
    page = client_of(cast.lin, language=language).get(f"/customers/{customer.id}").text
    assert all(word in page for word in words)


def test_english_readers_find_no_chinese_that_we_wrote(client_of, cast):
    with gate.transaction():
        customer = making.a_customer(
            cast.lin, "Schaeffler", open_complaint="noise", overdue_cents=100, nps=9, pain="stops", is_growing=True
        )
        fill(customer, cast.lin, 2)
        a_promise(customer, cast.lin, "x", state="kept", settled_at=clock.now())
        making.an_attention_item(customer, cast.lin, "stocks", opener="x", flat=1)
        making.a_contact(
            customer, "Lu", birthday_month=8, birthday_day=15, birthday_is_lunar=True, decision_role="user"
        )
    page = client_of(cast.lin, language="en").get(f"/customers/{customer.id}").text
    ours = re.sub(r"看到\d|带点鸭屎香请他品品|答应\d|需要\d|条\d|标\d|林晓岚|简体中文|繁體中文", "", page)
    assert re.findall(r"[\u4e00-\u9fff]+", re.sub(r"<!--.*?-->", "", ours)) == []
