"""An erasure reaches every phone at its next contact, the page says which have confirmed, and what phones still send about
somebody who was erased is answered kindly and holds nothing."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.counting import count_queries
from tests.field_pack.phone import Phone
from tests.outbox.sending import an_entry, results, send
from webapp.accounts.models import User
from webapp.attention.models import AttentionItem, Confirmation
from webapp.customers.models import Contact
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.privacy import erasing, notices
from webapp.privacy.models import Erasure
from webapp.push.models import Notice
from webapp.visits.models import Report


def erase(who: User, contact_id: str) -> None:
    with gate.transaction():
        erasing.erase_contact(db.session.get_one(Contact, contact_id), db.session.get_one(User, who.id))
    db.session.rollback()


def erasure() -> Erasure:
    return db.session.scalars(select(Erasure)).one()


@pytest.mark.slow
def test_a_phone_confirms_by_coming_back_without_him(lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace):
    phone = Phone(lin)
    phone.pull()
    assert any("陈国栋" in page for page in phone.pages.values())
    erase(cast.lin, chen.id)
    came = phone.pull()
    assert not any("陈国栋" in page for page in phone.pages.values())
    assert f"/contacts/{chen.id}/edit" not in phone.pages
    assert [chen.id in line["ids"] for line in came.lines if line["kind"] == "forget"] == [True]
    assert len(erasure().waiting) == 1
    phone.pull()
    assert erasure().is_done and "删掉了" in lin.get(f"/erasures/{erasure().id}").text


@pytest.mark.slow
def test_one_that_does_not_come_is_told_of_before_and_after_fifteen_days(
    lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace
):
    Phone(lin).pull()
    erase(cast.lin, chen.id)
    for days, told in ((1, 0), (11, 1), (16, 2)):
        clock.freeze(erasure().at + timedelta(days=days))
        with gate.transaction():
            notices.tell_of_late_erasures(clock.today(), User.id.is_not(None))
            notices.tell_of_late_erasures(clock.today(), User.id.is_not(None))
        late = db.session.scalars(select(Notice).where(Notice.kind == "erasure_late", Notice.user_id == cast.zhou.id))
        assert len(late.all()) == told
    assert erasure().is_late and "十五天过了" in lin.get(f"/erasures/{erasure().id}").text


def test_what_was_written_about_him_alone_is_taken_and_not_kept(
    lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace
):
    erase(cast.lin, chen.id)
    fields = [["category", "taste"], ["observed", "陈国栋爱钓鱼"], ["contact_id", chen.id]]
    noticed = an_entry(SimpleNamespace(id=chen.customer), action=f"/customers/{chen.customer}/attention", fields=fields)
    changed = an_entry(SimpleNamespace(id=chen.customer), action=f"/contacts/{chen.id}", fields=[["name", "陈国栋"]])
    answer = send(lin, cast.lin, noticed, changed)
    assert [(one["result"], one["reason"]) for one in answer.json["answers"]] == [("accepted", "erased")] * 2
    assert db.session.scalar(select(AttentionItem)) is None
    assert db.session.scalars(select(Notice).where(Notice.kind == "erased")).first().user_id == cast.lin.id


def test_a_visit_with_him_is_filed_without_him(lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace):
    erase(cast.lin, chen.id)
    fields = [["purpose", "service"], ["result", "progress"], ["met", chen.id], ["needs", "跟陈国栋谈了轴承"]]
    visit = an_entry(SimpleNamespace(id=chen.customer), action=f"/customers/{chen.customer}/reports", fields=fields)
    assert results(send(lin, cast.lin, visit)) == ["accepted"]
    assert db.session.scalars(select(Report)).one().needs == "跟［…］谈了轴承"
    assert results(send(lin, cast.lin, visit)) == ["duplicate"]


def test_an_answer_about_him_is_taken_and_not_kept_and_its_visit_is_filed(
    lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace
):
    erase(cast.lin, chen.id)
    where = SimpleNamespace(id=chen.customer)
    tapped = an_entry(where, action=f"/attention/{chen.item}/confirmations", fields=[["outcome", "still"]])
    fields = [["purpose", "service"], ["result", "progress"], ["asked", f"changed.{chen.item}"]]
    visit = an_entry(where, action=f"/customers/{chen.customer}/reports", fields=fields, seq=2)
    assert results(send(lin, cast.lin, tapped, visit)) == ["accepted"] * 2
    assert db.session.scalar(select(Report)) and db.session.scalar(select(Confirmation)) is None


def test_who_erased_nobody_is_asked_one_question_more(lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace):
    visit = an_entry(
        SimpleNamespace(id=chen.customer),
        action=f"/customers/{chen.customer}/notes",
        fields=[["kind", "call"], ["text", "x"]],
    )
    with count_queries() as counted:
        send(lin, cast.lin, visit)
    assert len([one for one in counted.statements if "eras" in one]) == 1
