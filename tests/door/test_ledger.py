"""Six answers before one knocks."""

import re
from datetime import date, timedelta

from tests import making
from tests.door.giving import a_promise
from webapp.attention.models import AttentionItem
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate


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
    assert 'data-relative="due"' not in door("ledger") and "settlement" not in door("promises")
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


def test_what_to_find_out_stands_on_the_first_screen_and_gives_way_where_there_is_no_room(door, customer, cast):
    with gate.transaction():
        noticed_on = clock.today() - timedelta(days=200)
        AttentionItem.notice(customer, cast.lin, "supplier", "用洛轴的", noticed_on=noticed_on)
    assert "他们还用洛轴的吗？" in door("ledger")
    with gate.transaction():
        for n in range(4):
            a_promise(customer, cast.lin, f"第{n}件" + "很长的承诺" * 5, due_on=date(2026, 11, 26))
            making.an_attention_item(customer, cast.lin, opener=f"第{n}句" + "很长的破冰" * 6)
            making.a_contact(customer, f"欧阳{n}", decision_role="influencer")
            making.a_report(customer, cast.lin, needs=f"第{n}个需求" * 9)
        db.session.get_one(making.Customer, customer.id).open_complaint = "响得厉害"
        db.session.get_one(making.Customer, customer.id).overdue_cents = 100
    assert "他们还用洛轴的吗？" not in door("ledger") and "他们还用洛轴的吗？" in door("attention")
