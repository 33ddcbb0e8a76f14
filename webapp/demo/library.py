"""What is alive in the demo's playbook: a track in its second version, a change and a draft that wait, words nobody answers."""

from datetime import date, timedelta
from types import SimpleNamespace

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.playbook.models import Gap, TalkTrack

UNHEARD = (
    ("lin", 3, "上回那批少了两箱，没人认"),
    ("sun", 5, "你们有没有防爆认证"),
    ("lin", 9, "你们有没有防爆认证"),
    ("wu", 12, "只跟能开专票的做"),
)


def fill(people: SimpleNamespace, customers: dict[str, Customer], today: date) -> None:
    """Tell it through the real verbs, on the days on which it happened."""
    _second_version(people.zhou, today)
    _change_that_waits(people, today)
    _draft_that_waits(people.sun, today)
    firms = sorted(customers.values(), key=lambda customer: customer.short_name)
    for name, days_ago, said in UNHEARD:
        by = getattr(people, name)
        clock.freeze(clock.at(today - timedelta(days=days_ago), 15))
        where = next((firm for firm in firms if firm.owner_id == by.id), None)
        Gap.note(said, by, where.id if where else None, new_id())
    clock.freeze(None)


def _named(slug: str) -> TalkTrack:
    return db.session.scalars(select(TalkTrack).where(TalkTrack.slug == slug, TalkTrack.language == "zh")).one()


def _second_version(zhou: User, today: date) -> None:
    track = _named("expensive-trial")
    now, track.line = track.line, "先换两台试一个月，不行就退。"
    clock.freeze(clock.at(today - timedelta(days=40), 9))
    track.revise(zhou, line=now)


def _change_that_waits(people: SimpleNamespace, today: date) -> None:
    clock.freeze(clock.at(today - timedelta(days=20), 19))
    track = TalkTrack.write(
        people.lin,
        title="怕断货：柜子放他库里",
        situation="objection",
        heard="断货怎么办\n急用没货\n等不及",
        line="我放一柜在您库里，用一套记一套。",
        pain="上回急用那次，您等了几天？",
        selling_point="货在您自己库里，半夜也拿得到。",
        solution="恒润那边放了半年，一次没断过。\n（数报准，别夸。）",
        call_to_action="周四我把柜子送来，钥匙归您。",
        industries=["机械"],
        stages=["persuade", "negotiate"],
        levels=["B", "C"],
        personas=["user", "influencer"],
    )
    db.session.flush()
    clock.freeze(clock.at(today - timedelta(days=19), 9))
    track.approve(people.zhou)
    clock.freeze(clock.at(today - timedelta(days=1), 20))
    track.revise(
        people.lin,
        line="我放一柜在您库里，用一套结一套。",
        figures="半年没断过货 | 恒润纺机出库记录，今年5到10月",
        figures_valid_until=today + timedelta(days=60),
    )


def _draft_that_waits(sun: User, today: date) -> None:
    clock.freeze(clock.at(today - timedelta(days=1), 21))
    TalkTrack.write(
        sun,
        title="嫌开票慢：当天传照片",
        situation="objection",
        heard="发票太慢\n票没到不付款",
        line="票今天开，照片先发您对账。",
        pain="上个月的票，您等了几天？",
        selling_point="我们财务上午收到签收单，下午就开。",
        solution="照片先给您，纸的跟下一车货走。",
        call_to_action="签收单您现在签，我拍给财务。",
        stages=["after_sales"],
    )
