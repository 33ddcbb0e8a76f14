"""A person who asks for it is erased: nothing of him is left in the database and its files, and his name goes out of texts."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import making
from webapp.accounts.models import AuditEntry
from webapp.attention.models import AttentionItem, Confirmation, Greeting
from webapp.customers.models import Contact, Customer, HistoryEntry
from webapp.field_pack.models import Forgotten
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.files import store
from webapp.outbox import gate
from webapp.outbox.models import Receipt
from webapp.privacy.models import Erased, Erasure
from webapp.push.models import notify
from webapp.reviews.models import Comment
from webapp.visits.models import DailyReport, Promise, Report
from webapp.visits.models.attachment import THUMB, Attachment

MARKS = (
    "欧阳麒麟",
    "13877665544",
    "138 7766 5544",
    "qilin-wx",
    "qilin@example.cn",
    "阁楼里养了七只画眉",
    "问问画眉换羽没有",
    "给麒麟带画眉粮",
)
"""What is known of him and of nobody else."""


@pytest.fixture
def his(cast: SimpleNamespace) -> SimpleNamespace:
    """Ou-yang stands in everything that the house keeps."""
    name, wrote = MARKS[0], f"见了{MARKS[0]}，电话{MARKS[2]}"
    with gate.transaction():
        customer = making.a_customer(cast.lin, "恒润纺机", note=f"找{name}", next_step=f"约{name}")
        person = customer.add_contact(cast.lin, name=name, phone=MARKS[2], wechat=MARKS[3], email=MARKS[4], note="爱鸟")
        other = customer.add_contact(cast.lin, name="陈国栋", phone="13912345678")
        db.session.flush()
        item = AttentionItem.notice(customer, cast.lin, "hobby", MARKS[5], MARKS[6], contact_id=person.id)
        item.confirm("still", cast.zhou)
        Greeting.give(person, cast.lin, "birthday", clock.today())
        Promise.give(customer, cast.lin, MARKS[7], due_on=clock.today(), contact_id=person.id)
        report = making.a_report(
            customer, cast.lin, needs=wrote, customer_said=f"{name}说贵", earlier=[{"needs": wrote}]
        )
        report.met += [person, other]
        db.session.flush()
        db.session.add(
            Comment(id=new_id(), subject="visit", subject_id=report.id, text=f"{name}是关键", by_id=cast.zhou.id)
        )
        photo = Attachment(
            id=new_id(), report_id=report.id, kind="photo", key="photos/aa/his.jpg", media_type="image/jpeg"
        )
        photo.bytes, photo.sha256 = 3, "0" * 64
        db.session.add(photo)
        daily = DailyReport.of(cast.lin, clock.today(), new_id())
        daily.insight = f"今天{name}很高兴"
        title = f"{name} · 恒润纺机"
        db.session.add(
            Receipt(id=person.id, user_id=cast.lin.id, path="/x", fingerprint="", kind="contact", title=title)
        )
        notify("care", [cast.lin.id], subject=person.id, url=f"/customers/{customer.id}", title=title, text=MARKS[6])
    for key in (photo.key, photo.key + THUMB):
        store().write(key, b"jpg", "image/jpeg")
    return SimpleNamespace(id=person.id, customer=customer.id, other=other.id, report=report.id, key=photo.key)


def erase(browser: FlaskClient, contact_id: str, **said: str) -> str:
    db.session.rollback()  # who reads at that moment holds the sweeping up
    answer = browser.post(
        f"/contacts/{contact_id}/erasure", data={"submission_id": new_id(), "with_files": "y", **said}
    )
    assert answer.status_code == 303, answer.text
    return answer.location


def left_in(house: Flask) -> list[str]:
    """Where in the house's tables and folder a mark still stands, in whatever spelling."""
    db.session.remove()
    rows = [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
    db.session.remove()
    found = [f"a row: {mark}" for mark in MARKS if any(mark in row for row in rows)]
    for path in Path(house.config["SETTINGS"].data).rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for mark in MARKS:
            if any(mark.encode(code) in content for code in ("utf-8", "utf-16-le")) or _escaped(mark) in content:
                found.append(f"{path.name}: {mark}")
    return found


def _escaped(mark: str) -> bytes:
    return mark.encode("ascii", "backslashreplace")


def test_nothing_of_him_is_left_in_any_file_of_the_house(house: Flask, lin: FlaskClient, his: SimpleNamespace, capfd):
    assert left_in(house)
    erase(lin, his.id)
    assert left_in(house) == []
    assert [db.session.scalar(select(table)) for table in (Confirmation, Greeting)] == [None, None]
    told = capfd.readouterr()
    assert not any(mark in told.out + told.err for mark in MARKS)


def test_the_visit_stays_and_what_others_are_called(lin: FlaskClient, cast: SimpleNamespace, his: SimpleNamespace):
    erase(lin, his.id)
    report = db.session.get_one(Report, his.report)
    assert [person.id for person in report.met] == [his.other]
    assert report.needs == "见了［…］，电话［…］" and report.customer_said == "［…］说贵"
    assert db.session.get(Contact, his.id) is None and db.session.get_one(Contact, his.other).name == "陈国栋"
    assert db.session.get_one(Customer, his.customer).note == "找［…］"
    assert db.session.scalar(select(HistoryEntry).where(HistoryEntry.kind == "erased")).by_id == cast.lin.id


def test_the_files_of_his_visits_go_or_stay_as_one_wishes(lin: FlaskClient, his: SimpleNamespace):
    erase(lin, his.id)
    for key in (his.key, his.key + THUMB):
        with pytest.raises(KeyError):
            store().read(key)


def test_files_that_do_not_show_him_stay(lin: FlaskClient, his: SimpleNamespace):
    erase(lin, his.id, with_files="0")
    assert store().read(his.key) == b"jpg"


def test_somebody_else_of_that_name_keeps_his(lin: FlaskClient, cast: SimpleNamespace, his: SimpleNamespace):
    with gate.transaction():
        elsewhere = making.a_customer(cast.wu, "金陵造纸", note=f"{MARKS[0]}管采购")
        making.a_contact(elsewhere, MARKS[0], phone="13500001111")
    erase(lin, his.id)
    assert db.session.get_one(Customer, elsewhere.id).note == f"{MARKS[0]}管采购"
    assert db.session.get_one(Customer, his.customer).note == "找［…］"


def test_a_short_name_is_taken_out_where_he_was_met_and_nowhere_else(lin: FlaskClient, cast: SimpleNamespace):
    with gate.transaction():
        customer, other = (
            making.a_customer(cast.lin, "恒润纺机", note="老板爱茶"),
            making.a_customer(cast.lin, "宏锦", note="老板爱酒"),
        )
        boss = making.a_contact(customer, "老板")
        making.a_report(customer, cast.lin, needs="老板嫌贵")
        daily = DailyReport.of(cast.lin, clock.today(), new_id())
        daily.insight = "老板点头了"
    erase(lin, boss.id)
    assert [db.session.get_one(Customer, one.id).note for one in (customer, other)] == ["［…］爱茶", "老板爱酒"]
    assert db.session.scalars(select(DailyReport)).one().insight == "［…］点头了"


def test_the_log_names_an_id_and_the_ledger_digests(lin: FlaskClient, cast: SimpleNamespace, his: SimpleNamespace):
    erase(lin, his.id)
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "contact_erased"))
    assert (entry.actor_id, entry.subject_id) == (cast.lin.id, his.id)
    erasure = db.session.scalar(select(Erasure))
    assert erasure.finished_at is not None and db.session.get(Erased, his.id) is not None
    assert his.id in db.session.scalar(select(Forgotten)).ids


def test_wu_cannot_erase_what_is_not_his_to_see(client_of, cast: SimpleNamespace, his: SimpleNamespace):
    assert client_of(cast.wu).post(f"/contacts/{his.id}/erasure", data={"submission_id": new_id()}).status_code == 404
    assert db.session.get(Contact, his.id) is not None


def test_a_whole_customer_who_is_a_person(house: Flask, zhou: FlaskClient, his: SimpleNamespace):
    data = {"submission_id": new_id()}
    db.session.rollback()
    assert zhou.post(f"/customers/{his.customer}/erasure", data=data).status_code == 303
    assert db.session.get(Customer, his.customer) is None and db.session.get(Report, his.report) is None
    assert left_in(house) == []


def test_a_rep_does_not_erase_a_whole_customer(lin: FlaskClient, his: SimpleNamespace):
    assert lin.post(f"/customers/{his.customer}/erasure", data={"submission_id": new_id()}).status_code == 404
