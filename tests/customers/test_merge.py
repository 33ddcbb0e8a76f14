"""Two files of one company become one, and nothing that belonged to either is lost."""

import re
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Column, event

from tests import making
from tests.customers.acting import names, reread, see, send
from webapp.accounts.models import AuditEntry
from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact, HistoryEntry, LevelChange
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.models import TalkTrack, TrackUse
from webapp.privacy.models import KeptOn
from webapp.visits.models import CheckIn, DayPlan, Promise, Report, ReportContact, Stop

LAST_WEEK = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def two(cast: SimpleNamespace) -> SimpleNamespace:
    """The file that stays, and the one that came in by an import."""
    with gate.transaction():
        one = {
            "level": "D",
            "stage": "approach",
            "phone": "0512-1",
            "pain": "嫌贵",
            "note": "门口有狗",
            "purchase_count": 1,
        }
        one |= {"receivable_cents": 100_00, "next_step": "追报价", "next_step_on": date(2026, 11, 30)}
        other = {"short_name": "恒润", "level": "B", "stage": "persuade", "phone": "0512-2", "address": "东吴南路188号"}
        other |= {
            "pain": "停机损失大",
            "purchase_count": 2,
            "receivable_cents": 50_00,
            "overdue_cents": 20_00,
            "nps": 0,
        }
        other |= {"is_strategic": True, "latitude": 31.3, "longitude": 120.6, "last_contact_at": LAST_WEEK}
        other |= {"next_step": "送样品", "next_step_on": date(2026, 11, 25)}
        kept = making.a_customer(cast.lin, "苏州恒润纺机有限公司", **one)
        gone = making.a_customer(cast.lin, "恒润纺机", **other)
        kept.tag_with(["重点"])
        gone.tag_with(["重点", "展会"])
        twin = making.a_contact(kept, "陈国栋", phone="13800138000")
        other_twin = making.a_contact(gone, "陈国栋", phone="+86 138 0013 8000", wechat="chen_gd", consent="refused")
        shen = making.a_contact(gone, "沈卫民")
        db.session.flush()
        return SimpleNamespace(
            kept=kept, gone=gone, twin=twin, other_twin=other_twin, shen=shen, id=kept.id, gone_id=gone.id
        )


@pytest.fixture
def work(two: SimpleNamespace, cast: SimpleNamespace) -> SimpleNamespace:
    """What the rooms above keep of the customer that goes."""
    with gate.transaction():
        item = making.an_attention_item(two.gone, cast.lin, contact_id=two.other_twin.id)
        report = making.a_report(two.gone, cast.lin)
        db.session.add(ReportContact(report_id=report.id, contact_id=two.other_twin.id))
        promise = Promise(
            id=new_id(), customer_id=two.gone_id, contact_id=two.other_twin.id, text="送样品", by_id=cast.lin.id
        )
        check_in = CheckIn(id=new_id(), user_id=cast.lin.id, customer_id=two.gone_id)
        plan = DayPlan(id=new_id(), user_id=cast.lin.id, day=date(2026, 11, 25))
        stop = Stop(id=new_id(), plan=plan, customer_id=two.gone_id)
        track = TalkTrack(id=new_id(), title="太贵", situation="objection", owner_id=cast.zhou.id)
        use = TrackUse(id=new_id(), track_id=track.id, outcome="worked", customer_id=two.gone_id, by_id=cast.lin.id)
        db.session.add_all([promise, check_in, plan, stop, track])
        db.session.flush()
        db.session.add(use)
        two.gone.note_history("visit", "送样品两套", cast.lin)
        two.gone.propose_level("A", "下周签", cast.lin)
        return SimpleNamespace(
            item=item.id, report=report.id, promise=promise.id, check_in=check_in.id, stop=stop.id, use=use.id
        )


def merge(client: FlaskClient, two: SimpleNamespace) -> None:
    assert send(client, f"/customers/{two.id}/merge", gone=two.gone_id).status_code == 303


def test_the_richer_file_stays(lin: FlaskClient, two: SimpleNamespace) -> None:
    merge(lin, two)
    kept = reread(two.kept)
    assert (kept.name, kept.short_name, kept.phone, kept.address) == (
        "苏州恒润纺机有限公司",
        "恒润",
        "0512-1",
        "东吴南路188号",
    )
    assert (kept.level, kept.stage, kept.purchase_count) == ("B", "persuade", 3)
    assert (kept.receivable_cents, kept.overdue_cents, kept.nps) == (150_00, 20_00, 0)
    assert kept.pain == "嫌贵\n停机损失大"
    assert kept.note == "门口有狗"
    assert kept.is_strategic
    assert kept.place == (31.3, 120.6)
    assert (kept.next_step, kept.next_step_on) == ("追报价", date(2026, 11, 30))
    assert kept.last_contact_at == LAST_WEEK
    assert [tag.word for tag in kept.tags] == ["展会", "重点"]


def test_everything_that_hung_on_the_other_one_comes_along(
    lin: FlaskClient, two: SimpleNamespace, work: SimpleNamespace
) -> None:
    merge(lin, two)
    db.session.rollback()
    moved = [
        (AttentionItem, work.item),
        (Report, work.report),
        (Promise, work.promise),
        (CheckIn, work.check_in),
        (Stop, work.stop),
    ]
    for model, row_id in [*moved, (TrackUse, work.use)]:
        row = db.session.get_one(model, row_id, populate_existing=True)
        assert row.customer_id == two.id, model.__name__
    assert db.session.query(HistoryEntry).filter_by(customer_id=two.gone_id).count() == 0
    page = see(lin, f"/customers/{two.id}/history")
    assert "送样品两套" in page
    assert "恒润纺机的档案并进来了" in page


def test_the_same_person_stands_there_once(lin: FlaskClient, two: SimpleNamespace, work: SimpleNamespace) -> None:
    merge(lin, two)
    kept = reread(two.kept)
    assert sorted(person.name for person in kept.contacts) == ["沈卫民", "陈国栋"]
    chen = db.session.get_one(Contact, two.twin.id)
    assert (chen.wechat, chen.consent) == ("chen_gd", "refused")
    assert db.session.get_one(AttentionItem, work.item).contact_id == two.twin.id
    assert db.session.get_one(Promise, work.promise).contact_id == two.twin.id
    assert [met.contact_id for met in db.session.query(ReportContact)] == [two.twin.id]


NOT_MOVED = {
    ("customer", "merged_into_id"): "older merges, if there are any: the chain is tested below",
    ("customer_tag", "customer_id"): "its words are added to those of the kept one",
    ("erased_name", "customer_id"): "the address to which a phone may still send",
    ("erasure", "customer_id"): "where somebody was, when he was erased",
}


def test_every_table_that_names_a_customer_or_a_person_follows(lin: FlaskClient, two: SimpleNamespace) -> None:
    tables = db.metadata.tables.values()
    named = {(table.name, column.name) for table in tables for column in table.columns if names_one(column)}
    moved: set[tuple[str, str]] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        moved.update(re.findall(r"UPDATE (\w+) SET (\w+)", statement))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        merge(lin, two)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert named - moved == set(NOT_MOVED)


def names_one(column: Column[Any]) -> bool:
    keys = {key.column.table.name for key in column.foreign_keys}
    return column.name == "customer_id" or bool(keys & {"customer", "contact"})


def test_who_was_to_be_kept_under_either_name_is_kept_for_as_long_as_the_later_decision_says(
    lin: FlaskClient, cast: SimpleNamespace, two: SimpleNamespace
) -> None:
    with gate.transaction():
        KeptOn.keep(two.twin, "contract", cast.zhou)
        clock.freeze(clock.now() + timedelta(days=30))
        KeptOn.keep(two.other_twin, "law", cast.zhou)
    merge(lin, two)
    [row] = db.session.query(KeptOn)
    assert (row.contact_id, row.reason, row.until) == (two.twin.id, "law", clock.today() + timedelta(days=365))


def test_the_levels_of_both_stay_and_an_open_proposal_does_not(
    lin: FlaskClient, two: SimpleNamespace, work: SimpleNamespace
) -> None:
    merge(lin, two)
    db.session.rollback()
    states = {(change.after, change.state) for change in db.session.query(LevelChange).filter_by(customer_id=two.id)}
    assert states == {("A", "withdrawn"), ("B", "applied")}


def test_an_old_address_leads_to_the_file_that_stayed(lin: FlaskClient, two: SimpleNamespace) -> None:
    merge(lin, two)
    for page in ("/edit", "/history", "/level"):
        answer = lin.get(f"/customers/{two.gone_id}{page}?from=pack")
        assert (answer.status_code, answer.location) == (301, f"/customers/{two.id}{page}?from=pack")


def test_what_was_written_about_the_old_one_still_lands(lin: FlaskClient, two: SimpleNamespace) -> None:
    merge(lin, two)
    answer = send(lin, f"/customers/{two.gone_id}/notes", kind="call", text="没信号时写的")
    assert answer.location == f"/customers/{two.id}#history"
    assert "没信号时写的" in see(lin, f"/customers/{two.id}/history")


def test_a_chain_of_merges_leads_to_its_end(lin: FlaskClient, cast: SimpleNamespace, two: SimpleNamespace) -> None:
    merge(lin, two)
    with gate.transaction():
        last = making.a_customer(cast.lin, "恒润集团")
    send(lin, f"/customers/{last.id}/merge", gone=two.id)
    assert lin.get(f"/customers/{two.gone_id}/edit").location == f"/customers/{last.id}/edit"


def test_the_merged_one_is_in_no_list_but_found_under_its_old_person(lin: FlaskClient, two: SimpleNamespace) -> None:
    merge(lin, two)
    assert names(see(lin, "/customers")) == ["恒润"]
    assert names(see(lin, "/customers?q=swm")) == ["恒润"]
    assert "1家 · " in see(lin, "/customers")


def test_it_stands_in_the_audit_log(lin: FlaskClient, cast: SimpleNamespace, two: SimpleNamespace) -> None:
    merge(lin, two)
    entry = db.session.query(AuditEntry).filter_by(action="customers_merged").one()
    assert (entry.actor_id, entry.subject_id, entry.detail) == (cast.lin.id, two.id, {"gone_id": two.gone_id})


def test_before_one_merges_both_stand_side_by_side(lin: FlaskClient, two: SimpleNamespace) -> None:
    assert "这几份跟“苏州恒润纺机有限公司”像是同一家" in see(lin, f"/customers/{two.id}/merge")
    page = see(lin, f"/customers/{two.id}/merge?gone={two.gone_id}")
    for shown in ("东吴南路188号", "停机损失大", "¥150", "<del>D</del>"):
        assert shown in page
    assert re.search(r"重点<br><ins>.*?展会</ins>", page), "what is only added to is not struck out"
    assert f"/customers/{two.gone_id}/merge?gone={two.id}" in page
    assert reread(two.gone).merged_into_id is None


def test_the_other_one_is_found_by_search(lin: FlaskClient, cast: SimpleNamespace, two: SimpleNamespace) -> None:
    with gate.transaction():
        making.a_customer(cast.lin, "宏锦印染")
    assert "宏锦印染" in see(lin, f"/customers/{two.id}/merge?q=hjyr")


def test_nobody_merges_what_he_does_not_see(
    lin: FlaskClient, zhou: FlaskClient, cast: SimpleNamespace, two: SimpleNamespace
) -> None:
    with gate.transaction():
        foreign = making.a_customer(cast.wu, "恒润纺机")
        suns = making.a_customer(cast.sun, "恒润纺机")
    for gone in (foreign.id, suns.id, two.id, new_id(), "nonsense", ""):
        assert send(lin, f"/customers/{two.id}/merge", gone=gone).status_code == 404
        assert lin.get(f"/customers/{two.id}/merge?gone={gone}").status_code == 404
    assert send(zhou, f"/customers/{two.id}/merge", gone=foreign.id).status_code == 404
    assert send(zhou, f"/customers/{two.id}/merge", gone=suns.id).status_code == 303


def test_sent_twice_it_is_merged_once(lin: FlaskClient, two: SimpleNamespace) -> None:
    form = {"submission_id": new_id(), "gone": two.gone_id}
    answers = [lin.post(f"/customers/{two.id}/merge", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert db.session.query(AuditEntry).filter_by(action="customers_merged").count() == 1
