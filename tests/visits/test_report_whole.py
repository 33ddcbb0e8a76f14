"""A report in which everything is filled in: what it keeps, and what it passes on to where it belongs."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.visits.reporting import hand_in, the_report
from webapp.attention.models import AttentionItem
from webapp.customers.models import Customer, HistoryEntry, LevelChange
from webapp.foundation.db import db
from webapp.playbook.models import TrackUse

TODAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)
MET = {"day": "2026-11-24", "arrived": "09:10", "left": "09:55", "met_new": "顾姐"}
HEARD = {
    "needs": "细纱机一年换一次轴承，每次停两个班。",
    "objections": ["too_expensive", "compare"],
    "objection_said": "国产的便宜三成",
    "competitor_news": "宏发在搞买十送一",
    "customer_said": "送货比以前快了",
}
SEEN = {"seen_0_category": "desk", "seen_0_observed": "桌上有台竞品送的台历", "seen_0_opener": "明年的台历我来送"}
SUMS = {"collection": "3,600", "expense": "18", "expense_for": "停车"}
NEXT = {"next_on": "2026-11-27", "next_step": "约沈总，带两台的换装方案"}
PROMISED = {
    "promises_0_text": "周五带报价",
    "promises_0_due_on": "2026-11-27",
    "promises_1_text": "给一份停机损失的数",
    "promises_1_direction": "theirs",
}
LEVEL = {"level": "B", "level_reason": "沈总点头要先换两台"}
SAID = {"insight": "让他自己算停机损失，比我报数管用。", "is_urgent": "y"}


@pytest.fixture
def answer(lin, here):
    """Of the post."""
    people = {"met": [here.chen.id, here.shen.id], "seen_0_contact_id": here.chen.id}
    used = {"track_id": here.track.id, "track_outcome": "worked"}
    used |= {"openers_0_item_id": here.opener.id, "openers_0_outcome": "worked"}
    answer = hand_in(
        lin, here.customer, **people, **used, **MET, **HEARD, **SEEN, **SUMS, **NEXT, **PROMISED, **LEVEL, **SAID
    )
    assert answer.status_code == 303
    db.session.expire_all()
    return answer


def test_it_keeps_when_who_what_and_how_much(answer):
    report = the_report()
    assert report.arrived_at == datetime(2026, 11, 24, 1, 10, tzinfo=UTC)
    assert report.minutes == 45
    assert sorted(person.name for person in report.met) == ["沈卫民", "陈国栋", "顾姐"]
    assert report.objections == ["too_expensive", "compare"]
    assert (report.collection_cents, report.expense_cents, report.expense_for) == (360000, 1800, "停车")
    assert report.is_urgent
    assert sorted((p.text, p.direction, p.due_on) for p in report.promises) == [
        ("周五带报价", "ours", FRIDAY),
        ("给一份停机损失的数", "theirs", None),
    ]


def test_it_passes_on_to_the_customers_file_what_belongs_there(answer, here):
    customer = db.session.get_one(Customer, here.customer.id)
    assert customer.last_contact_at == the_report().left_at
    assert (customer.next_step, customer.next_step_on) == ("约沈总，带两台的换装方案", FRIDAY)
    assert customer.stage == "approach"
    assert customer.pain == "2026-11-24 细纱机一年换一次轴承，每次停两个班。"
    proposal = db.session.scalars(select(LevelChange)).one()
    assert (proposal.after, proposal.state, proposal.reason) == ("B", "proposed", "沈总点头要先换两台")
    assert customer.level == "C"
    kinds = select(HistoryEntry.kind).where(HistoryEntry.customer_id == customer.id)
    assert sorted(db.session.scalars(kinds)) == ["collection", "contact", "stage", "visit"]


def test_it_passes_on_what_was_seen_and_how_opener_and_track_did(answer, here):
    report = the_report()
    noticed = db.session.scalars(select(AttentionItem).where(AttentionItem.visit_id == report.id)).one()
    assert (noticed.observed, noticed.contact_id, noticed.noticed_on) == ("桌上有台竞品送的台历", here.chen.id, TODAY)
    assert db.session.get_one(AttentionItem, here.opener.id).worked == 1
    use = db.session.scalars(select(TrackUse)).one()
    assert (use.track_id, use.outcome, use.visit_id) == (here.track.id, "worked", report.id)


def test_its_page_shows_it(lin, answer):
    page = lin.get(answer.location).text
    heard, done = ("太贵", "国产的便宜三成", "台历", "买十送一"), ("算十年总账", "¥3,600", "停车", "45分钟")
    assert [words for words in (*heard, *done, "周五带报价", "沈总点头") if words not in page] == []
