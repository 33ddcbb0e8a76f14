"""The page of care days: who is to be greeted, in what order, with what; and a greeting that was given."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.making import a_contact, a_customer, an_attention_item
from webapp.attention.care_queries import AT_ONCE
from webapp.attention.models import Greeting
from webapp.customers.models import Customer, HistoryEntry
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

DAY = date(2026, 11, 24)


@pytest.fixture
def customer(cast):
    with gate.transaction():
        return a_customer(cast.lin, level="B", relation="established")


@pytest.fixture
def chen(customer):
    with gate.transaction():
        return a_contact(customer, title="设备部经理", birthday_month=11, birthday_day=29)


def born(customer, name, day=1, **values):
    on = DAY + timedelta(days=day)
    return a_contact(customer, name, birthday_month=on.month, birthday_day=on.day, **values)


def greet(client, person, day="2026-11-29", **more):
    fields = {"submission_id": new_id(), "occasion": "birthday", "day": day, "then": "/care", **more}
    return client.post(f"/contacts/{person.id}/greetings", data=fields)


def names(text, *wanted):
    """Those of these names that the page says, in its order."""
    return sorted((name for name in wanted if name in text), key=text.index)


def given():
    return db.session.scalar(select(func.count()).select_from(Greeting))


def test_a_birthday_of_next_week_stands_there_with_the_wish_and_the_proven_opener(lin, cast, customer, chen):
    with gate.transaction():
        an_attention_item(customer, cast.lin, contact_id=chen.id, opener="聊鱼口")
        an_attention_item(customer, cast.lin, contact_id=chen.id, worked=4, opener="带点鸭屎香请他品品")
        an_attention_item(customer, cast.lin, contact_id=chen.id, flat=1, worked=0, opener="聊股市")
        chen.preferred_channel, chen.best_time = "wechat", "下午三点后"
        db.session.add(chen)
    page = lin.get("/care").text
    assert "陈经理，生日快乐！" in page and "带点鸭屎香请他品品" in page and "微信 · 下午三点后" in page
    assert "聊鱼口" not in page and "聊股市" not in page


def test_birthdays_come_by_the_day_then_by_level_and_by_who_decides(lin, cast, customer):
    with gate.transaction():
        best = a_customer(cast.lin, "宏锦印染", level="A")
        born(customer, "后天的", 2)
        born(customer, "用的人", decision_role="user")
        born(customer, "拍板的", decision_role="decision_maker")
        born(best, "最好的")
        born(best, "太远的", 15)
        born(best, "昨天的", -1)
        born(best, "半月的", 14)
        by_the_moon = (10, 20)  # 28 November 2026
        a_contact(best, "按农历", birthday_month=by_the_moon[0], birthday_day=by_the_moon[1], birthday_is_lunar=True)
        leap = {"birthday_month": -by_the_moon[0], "birthday_day": by_the_moon[1], "birthday_is_lunar": True}
        a_contact(best, "闰月的", decision_role="decision_maker", **leap)
    page = lin.get("/care").text
    wanted = ("最好的", "拍板的", "用的人", "后天的", "闰月的", "按农历", "半月的", "太远的", "昨天的")
    assert names(page, *(f">{name}</a>" for name in wanted)) == [f">{name}</a>" for name in wanted[:7]]
    assert page.count("<span>农历生日</span>") == 2


def test_who_left_who_refuses_and_whose_file_went_into_another_is_not_there(lin, cast, customer):
    with gate.transaction():
        born(customer, "走了的").leave(cast.lin)
        born(customer, "不肯的", consent="refused")
        gone = a_customer(cast.lin, "恒润纺织机械")
        db.session.flush()
        born(gone, "并掉的")
        gone.merged_into_id = customer.id
    assert names(lin.get("/care").text, "走了的", "不肯的", "并掉的") == []


def test_what_needs_a_yes_is_no_opener_without_it(lin, cast, customer, chen):
    with gate.transaction():
        item = an_attention_item(customer, cast.lin, contact_id=chen.id, opener="问问他女儿", sensitive="family")
    assert item.opener not in lin.get("/care").text
    with gate.transaction():
        chen.record_consent("given", cast.lin, "family")
    assert item.opener in lin.get("/care").text


def test_a_rep_sees_his_own_a_leader_the_best_of_his_people_too(lin, zhou, cast, customer):
    with gate.transaction():
        born(customer, "林的人")
        born(a_customer(cast.sun, "同泰织造", level="B"), "孙的人")
        born(a_customer(cast.sun, "美佳玻璃", level="D"), "孙的小客户")
        born(a_customer(cast.wu, "金陵纸业", level="A"), "吴的人")
    everybody = ("林的人", "孙的人", "孙的小客户", "吴的人")
    assert names(lin.get("/care").text, *everybody) == ["林的人"]
    assert set(names(zhou.get("/care").text, *everybody)) == {"林的人", "孙的人"}
    assert "孙海涛的客户" in zhou.get("/care").text


def test_one_tap_notes_it_in_the_history_and_takes_him_off_the_list(lin, cast, chen):
    assert greet(lin, chen).headers["Location"] == "/care"
    page = lin.get("/care").text
    assert "陈经理，生日快乐！" not in page and "问候过1位寿星" in page
    entry = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "greeting")).one()
    assert (str(entry.label), entry.said, entry.by_id) == ("问候", "陈国栋 · 生日", cast.lin.id)
    assert "陈国栋 · 生日" in lin.get(f"/customers/{chen.customer_id}/history").text


def test_twice_is_once_whoever_taps_and_from_wherever(lin, zhou, chen):
    same = new_id()
    for client, id in ((lin, same), (lin, same), (lin, new_id()), (zhou, new_id())):
        assert greet(client, chen, submission_id=id).status_code == 303
    assert given() == 1
    assert db.session.scalar(select(func.count()).select_from(HistoryEntry).where(HistoryEntry.kind == "greeting")) == 1


def test_a_birthday_that_is_put_right_afterwards_is_not_greeted_again(lin, chen):
    greet(lin, chen)
    with gate.transaction():
        chen.birthday_day = 30
        db.session.add(chen)
    assert "陈经理" not in lin.get("/care").text
    assert greet(lin, chen, "2026-11-30").status_code == 303 and given() == 1


def test_a_year_later_one_sees_that_he_was_greeted_and_greets_again(client_of, cast, chen):
    greet(client_of(cast.lin), chen)
    clock.freeze(datetime(2027, 11, 24, 2, 0, tzinfo=UTC))
    lin = client_of(cast.lin)
    page = lin.get("/care").text
    assert "陈经理，生日快乐！" in page and "上次问候" in page and "2026年11月29日</time>，林晓岚" in page
    greet(lin, chen, "2027-11-29")
    assert given() == 2


@pytest.mark.parametrize(
    "wrong", [{"occasion": "gossip"}, {"occasion": ""}, {"day": "heute"}, {"day": "2020-01-01"}, {"day": ""}]
)
def test_what_no_page_sends_is_refused(lin, chen, wrong):
    assert greet(lin, chen, **wrong).status_code == 422 and given() == 0


def test_what_comes_after_he_said_no_is_taken_and_not_kept(lin, cast, chen):
    with gate.transaction():
        chen.record_consent("refused", cast.lin)
    assert greet(lin, chen).status_code == 303 and given() == 0


def test_nobody_greets_a_stranger_s_people(client_of, cast, chen):
    assert greet(client_of(cast.wu), chen).status_code == 404


def test_one_goes_back_to_where_one_came_from_and_nowhere_else(lin, chen):
    door = f"/customers/{chen.customer_id}#contacts"
    assert greet(lin, chen, then=f"/customers/{chen.customer_id}").headers["Location"] == door
    assert greet(lin, chen, then="https://elsewhere.example/").headers["Location"] == door


# ---- festivals


@pytest.fixture
def before_spring(app):
    clock.freeze(datetime(2027, 1, 30, 2, 0, tzinfo=UTC))  # Spring Festival is on 6 February


@pytest.mark.usefixtures("before_spring")
def test_a_festival_names_whom_to_greet_who_decides_first_and_nobody_below_c(lin, cast, customer):
    with gate.transaction():
        small = a_customer(cast.lin, "美佳玻璃", level="D")
        best = a_customer(cast.lin, "宏锦印染", level="A")
        a_contact(customer, "乙拍板", decision_role="decision_maker", title="总经理")
        a_contact(customer, "乙使用", decision_role="user")
        a_contact(best, "甲影响", decision_role="influencer")
        a_contact(best, "甲把关", decision_role="gatekeeper")
        a_contact(small, "丁拍板", decision_role="decision_maker")
    page = lin.get("/care").text
    assert "给您拜年了！祝您新春快乐" in page and "乙总，您好！给您拜年了。" in page
    wanted = [f">{name} <" for name in ("甲影响", "乙拍板", "甲把关", "乙使用", "丁拍板")]
    assert names(page, *wanted) == wanted[:4]


@pytest.mark.usefixtures("before_spring")
def test_who_was_greeted_for_the_festival_makes_room_for_the_next(lin, customer):
    with gate.transaction():
        people = [a_contact(customer, f"第{n:02}位", decision_role="decision_maker") for n in range(AT_ONCE + 2)]
    first = min(people, key=lambda person: person.id)
    assert "问候完这些，还有2位。" in lin.get("/care").text
    greet(lin, first, "2027-02-06", occasion="spring")
    page = lin.get("/care").text
    assert f">{first.name} <" not in page and "问候完这些，还有1位。" in page
    entry = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "greeting")).one()
    assert entry.said == f"{first.name} · 春节"


@pytest.mark.usefixtures("before_spring")
def test_a_greeting_for_new_year_s_day_is_none_for_spring_festival(lin, customer):
    with gate.transaction():
        person = a_contact(customer, "陈国栋")
        Greeting.give(person, customer.owner, "new_year", date(2027, 1, 1))
    assert ">陈国栋 <" in lin.get("/care").text


def test_two_weeks_with_nothing_say_where_birthdays_are_noted(lin):
    page = lin.get("/care").text
    assert "两周里没有生日，也没有节日" in page and 'href="/customers"' in page


# ---- where else it shows


def test_today_says_how_many_there_are_within_a_week_and_leads_there(lin, cast, customer):
    assert "个关怀日" not in lin.get(f"/days/{DAY}").text
    with gate.transaction():
        people = [born(customer, "明天的"), born(customer, "七天的", 7), born(customer, "八天的", 8)]
        born(customer, "不肯的", consent="refused")
    assert "7天内有2个关怀日" in lin.get(f"/days/{DAY}").text
    assert "7天内有3个关怀日" in lin.get(f"/days/{DAY + timedelta(days=1)}").text
    greet(lin, people[0], "2026-11-25")
    assert "7天内有1个关怀日" in lin.get(f"/days/{DAY}").text


def test_the_door_card_has_the_wish_beside_the_person_for_a_week(lin, customer, chen):
    page = lin.get(f"/customers/{customer.id}").text
    assert "陈经理，生日快乐！" in page
    greet(lin, chen)
    assert "陈经理，生日快乐！" not in lin.get(f"/customers/{customer.id}").text
    with gate.transaction():
        born(customer, "八天的", 8)
    assert "八天的，" not in lin.get(f"/customers/{customer.id}").text


# ---- what becomes of it


def test_two_entries_of_one_person_were_greeted_once(lin, zhou, cast, customer, chen):
    with gate.transaction():
        other = a_customer(cast.lin, "恒润纺织机械")
        db.session.flush()
        twin = a_contact(other, birthday_month=11, birthday_day=29)
        Greeting.give(twin, cast.lin, "birthday", date(2026, 11, 29))
        Greeting.give(twin, cast.lin, "mid_autumn", date(2026, 9, 25))
        Greeting.give(chen, cast.lin, "birthday", date(2026, 11, 29))
    with gate.transaction():
        db.session.get_one(Customer, other.id).merge_into(db.session.get_one(Customer, customer.id), cast.zhou)
    kept = db.session.execute(select(Greeting.contact_id, Greeting.occasion).order_by(Greeting.occasion)).all()
    assert [tuple(row) for row in kept] == [(chen.id, "birthday"), (chen.id, "mid_autumn")]
