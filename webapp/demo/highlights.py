"""The customers that a visitor of the demo meets first, finished by hand, so that each screen has something to say."""

from datetime import date, timedelta
from operator import itemgetter
from random import Random
from types import SimpleNamespace

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.attention.calendar import BIRTHDAY
from webapp.attention.models import AttentionItem, Greeting
from webapp.bargain.models import Concession
from webapp.customers.models import Contact, Customer
from webapp.demo.alarms import stir_up
from webapp.demo.manners import behave
from webapp.demo.memories import remember
from webapp.demo.sums import reckon_bearings
from webapp.foundation.db import db, new_id
from webapp.foundation.lunar import born_on
from webapp.spin.models import SpinTalk
from webapp.visits.models import Promise


def polish(customers: dict[str, Customer], people: SimpleNamespace, today: date, random: Random) -> None:
    """Set the scene for today: a complaint, money overdue, promises due, a birthday, a level proposed."""
    for customer in customers.values():
        _spread(customer, today, random)
    _hengrun(customers["恒润纺机"], people.lin, today)
    _owe(customers["宏锦印染"], 3_860_000, today - timedelta(days=21))
    _owe(customers["同泰织造"], 1_240_000, today - timedelta(days=9))
    stir_up(customers, people)
    behave(customers, people.lin)
    remember(customers, people.lin, today)
    _birthdays(customers["明川食品机械"].people[0], customers["恒润纺机"].people[0], people.lin, today)
    _due(customers["远成电机"], "追报价的回音", today - timedelta(days=2))
    _due(customers["新盛塑机"], "到货回访", today)
    _due(customers["佳禾包装"], "解决交期疑问", today + timedelta(days=1))
    Promise.give(customers["佳禾包装"], people.lin, "带交期表", "ours", today + timedelta(days=1))
    _bargain(customers, people.lin)
    customers["启航电梯"].propose_level("B", "老板看了总账，只剩账期没谈拢", people.lin)


def _bargain(customers: dict[str, Customer], lin: User) -> None:
    """Four questions answered, one step given at the door, and one that waits for the supervisor."""
    hengrun, answers = customers["恒润纺机"], {"situation": "一直用国产的，半年一换", "problem": "细纱机半夜抱死过两回"}
    answers |= {"implication": "一回停六个钟头，少出两吨纱", "need_payoff": "夜班别再喊人起来"}
    SpinTalk.hear(hengrun, lin, answers, hengrun.people[0], new_id(), "四问停机：工业备件")
    given = {"kind": "samples", "amount": 200, "in_return": "case", "what": "6205两套，装在最费的那台"}
    Concession.offer(hengrun, lin, new_id(), **given)
    asked = {"kind": "payment_days", "amount": 3000, "in_return": "volume", "return_words": "一次订足四条线"}
    Concession.offer(customers["启航电梯"], lin, new_id(), what="首单，老板只差账期", **asked)


def _spread(customer: Customer, today: date, random: Random) -> None:
    """A few are overdue, some are due these days, most later, and a few have no next step: as in a rep's real life."""
    days = random.choice((-3, -1, 0, 1, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 14, 16, 20, 25, None, None))
    if days is None or customer.stage == "search":
        customer.plan_next_step("", None)
    else:
        customer.next_step_on = today + timedelta(days=days)


def _due(customer: Customer, what: str, on: date) -> None:
    customer.plan_next_step(what, on)


def _owe(customer: Customer, cents: int, since: date) -> None:
    customer.overdue_cents, customer.overdue_since = cents, since
    customer.receivable_cents = max(customer.receivable_cents or 0, cents)


def _birthdays(by_the_moon: Contact, by_the_sun: Contact, lin: User, today: date) -> None:
    """Tomorrow by the moon, five days on by the sun; the first was greeted a year ago, too."""
    tomorrow, later = today + timedelta(days=1), today + timedelta(days=5)
    by_the_moon.name = "余志强"
    *born, by_the_moon.birthday_is_lunar = max(born_on(tomorrow), key=itemgetter(2, 0))
    by_the_moon.birthday_month, by_the_moon.birthday_day = born
    by_the_sun.birthday_month, by_the_sun.birthday_day, by_the_sun.birthday_is_lunar = later.month, later.day, False
    last_year = Greeting(contact=by_the_moon, occasion=BIRTHDAY, day=tomorrow - timedelta(days=355), by=lin)
    db.session.add(last_year)


def _hengrun(customer: Customer, lin: User, today: date) -> None:
    """The company of the first screen: two people whom one knows by now, a promise for today, proven openers."""
    for old in db.session.scalars(select(AttentionItem).where(AttentionItem.customer_id == customer.id)):
        old.retire()
    chief = _someone(customer, 0, "沈卫民", "总经理", "decision_maker")
    engineer = _someone(customer, 1, "陈国栋", "设备部经理", "influencer")
    chief.best_time, engineer.best_time = "周五上午", "下午三点后"
    engineer.birthday_month, engineer.birthday_day, engineer.birthday_is_lunar = -4, 12, True  # a leap month
    for days, category, who, observed, opener, outcomes in (
        (34, "taste", engineer, "茶台上常年一罐凤凰单丛", "带点鸭屎香请陈经理品品。", ("worked", "worked")),
        (6, "hobby", engineer, "后备箱有钓竿，周末去阳澄湖", "问阳澄湖这两天鱼口。", ()),
        (6, "office", engineer, "墙上挂女儿写的“宁静致远”", "聊女儿书法考级。", ()),
        (19, "reading", chief, "沈总案头放着《曾国藩家书》", "聊“结硬寨，打呆仗”。", ("worked",)),
        (34, "desk", engineer, "爱看股市行情", "聊聊大盘。", ("flat",)),
    ):
        item = AttentionItem.notice(customer, lin, category, observed, opener, who.id, today - timedelta(days=days))
        for outcome in outcomes:
            item.use(outcome, lin)
    for promise in db.session.scalars(
        select(Promise).where(Promise.customer_id == customer.id, Promise.state == "open")
    ):
        promise.keep(lin)
    Promise.give(customer, lin, "带轴承寿命试验报告", "ours", today, engineer.id)
    Promise.give(customer, lin, "样品6205两套", "ours", today - timedelta(days=6), engineer.id).keep(lin)
    customer.decision_process = "陈经理试用点头，采购比三家，5万以上沈总签字。"
    customer.level, customer.stage = "C", "persuade"
    customer.plan_next_step("样品试用回访", today)
    reckon_bearings(customer, lin)


def _someone(customer: Customer, place: int, name: str, title: str, role: str) -> Contact:
    people = customer.people
    if place >= len(people):
        db.session.add(Contact(id=new_id(), customer=customer, name=name))
        people = customer.people
    person = people[place]
    person.name, person.title, person.decision_role = name, title, role
    person.phone = person.phone or "13900004512"
    person.wechat = person.wechat or "chen_gd"
    person.tidy()
    return person
