"""Six answers before one knocks, then everything else that is known."""

import re
from datetime import date, timedelta

import pytest

from tests import making
from tests.counting import count_queries
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import Promise


@pytest.fixture
def customer(cast):
    with gate.transaction():
        return making.a_customer(
            cast.lin, address="苏州市吴中区东吴南路188号", city="苏州市", stage="persuade", relation="intent", level="C"
        )


@pytest.fixture
def door(lin, customer):
    """What lin reads: the whole page, or one of its parts by its id."""

    def read(part="", browser=lin):
        page = browser.get(f"/customers/{customer.id}").text
        if part == "ledger":
            return page.split('<dl class="ledger">')[1].split("</dl>")[0]
        return page.split(f'aria-labelledby="{part}"')[1].split("</section>")[0] if part else page

    return read


def a_promise(customer, by, text="轴承寿命试验报告", **values):
    promise = Promise(id=new_id(), customer_id=customer.id, by_id=by.id, text=text, **values)
    db.session.add(promise)
    return promise


def test_the_plate_says_where_one_stands(door):
    page = door()
    assert "③ 说服客户 · 意向客户" in page and "恒润纺机" in page and "苏州市吴中区东吴南路188号" in page
    assert 'data-level="C"' in page


def test_a_stranger_is_not_an_empty_screen(door):
    ledger = door("ledger")
    assert "警示" not in ledger and "承诺" not in ledger
    assert "这事谁定" in ledger and "先看墙上" in ledger and "还没登过门" in ledger


def test_a_complaint_and_overdue_money_are_flags(door, customer):
    with gate.transaction():
        db.session.get_one(making.Customer, customer.id).open_complaint = "样品异响"
        db.session.get_one(making.Customer, customer.id).overdue_cents = 360000
        db.session.get_one(making.Customer, customer.id).overdue_since = date(2026, 11, 18)
    ledger = door("ledger")
    assert "客诉：样品异响" in ledger and "欠款¥3,600" in ledger and '<time datetime="2026-11-18"' in ledger


def test_who_decides_comes_first_and_who_left_does_not_come(door, customer):
    with gate.transaction():
        making.a_contact(customer, "顾姐", decision_role="gatekeeper")
        making.a_contact(customer, "陈国栋", decision_role="influencer")
        making.a_contact(customer, "沈卫民", title="总经理", best_time="周五上午", decision_role="decision_maker")
        making.a_contact(customer, "老王", decision_role="decision_maker", left_at=clock.now())
    ledger = door("ledger")
    assert ledger.index("沈卫民") < ledger.index("陈国栋") and "总经理 · 周五上午" in ledger
    assert "顾姐" not in ledger and "老王" not in door()


def test_whoever_guards_the_door_does_not_pass_for_one_who_decides(door, customer):
    with gate.transaction():
        making.a_contact(customer, "顾姐", title="文员", decision_role="gatekeeper")
    assert "谁定还不知道，先问顾姐" in door("ledger")


def test_a_promise_heads_the_card_until_it_is_kept(door, lin, customer, cast):
    with gate.transaction():
        promise = a_promise(customer, cast.lin, due_on=date(2026, 11, 26))
    assert "轴承寿命试验报告" in door("ledger") and '<time datetime="2026-11-26"' in door("ledger")
    lin.post(f"/promises/{promise.id}/settlement", data={"submission_id": new_id(), "outcome": "kept"})
    assert "mind--done" in door("ledger") and "11月24日做到" in re.sub(r"<[^>]+>", "", door("promises"))


def test_a_broken_promise_says_so(door, lin, customer, cast):
    with gate.transaction():
        promise = a_promise(customer, cast.lin)
    lin.post(f"/promises/{promise.id}/settlement", data={"submission_id": new_id(), "outcome": "broken"})
    assert "mind--broken" in door("ledger") and "没做到" in door("promises")


def test_what_is_due_first_comes_first_be_it_ours_or_theirs(door, customer, cast):
    with gate.transaction():
        a_promise(customer, cast.lin, "不急的")
        a_promise(customer, cast.lin, "后天的", due_on=date(2026, 11, 26))
        a_promise(customer, cast.lin, "他明天的", due_on=date(2026, 11, 25), direction="theirs")
    ledger = door("ledger")
    assert ledger.index("他明天的") < ledger.index("后天的") and "不急的" not in ledger
    assert "不急的" in door("promises")


def test_three_openers_with_their_record_and_the_flat_one_folded_away(door, customer, cast):
    with gate.transaction():
        making.an_attention_item(customer, cast.lin, "茶", opener="带点鸭屎香", worked=2)
        making.an_attention_item(customer, cast.lin, "鱼竿", opener="问鱼口")
        making.an_attention_item(customer, cast.lin, "书法", opener="聊考级", noticed_on=date(2026, 11, 1))
        making.an_attention_item(customer, cast.lin, "旧照片", opener="聊旧照片", noticed_on=date(2026, 10, 1))
        making.an_attention_item(customer, cast.lin, "股票", opener="聊股票", worked=5, flat=1)
    ledger = door("ledger")
    assert ledger.index("带点鸭屎香") < ledger.index("问鱼口") < ledger.index("聊考级")
    assert "灵2次" in ledger and "聊旧照片" not in ledger and "聊股票" not in ledger
    section = door("attention")
    assert "没灵过1条，不再提示" in section and "聊股票" in section and "旧照片" in section


def test_the_last_talk_goes_on_with_what_weighed_most(door, customer, cast):
    with gate.transaction():
        making.a_report(
            customer, cast.lin, day=date(2026, 11, 1), filed_at=clock.now() - timedelta(days=23), needs="旧的需求"
        )
        making.a_report(
            customer, cast.lin, next_step="带报告", needs="停一次机6,000元\n还有别的", objection_said="嫌贵"
        )
    ledger = door("ledger")
    assert ledger.index("嫌贵") < ledger.index("停一次机6,000元") < ledger.index("带报告")
    assert "旧的需求" not in ledger and "还有别的" not in ledger


def test_of_one_never_visited_the_needs_stand_where_the_last_talk_would(door, customer):
    with gate.transaction():
        db.session.get_one(making.Customer, customer.id).pain = "停机赔工期"
    assert "停机赔工期" in door("ledger") and "上次" not in door("ledger")


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
    counts = []
    for more in (1, 9):
        with gate.transaction():
            fill(db.session.get_one(making.Customer, customer.id), cast.lin, more)
        db.session.expire_all()
        with count_queries() as counted:
            assert lin.get(f"/customers/{customer.id}").status_code == 200
        counts.append(counted.n)
    assert counts[0] == counts[1], counts
    assert counts[1] <= 18, counted.statements


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
