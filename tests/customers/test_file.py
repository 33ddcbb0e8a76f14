"""Writing a customer down: short for a new one, whole for a known one, and never the same one twice by accident."""

from datetime import date
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import making
from tests.customers.acting import reread, see, send, the_only_customer
from webapp.customers.models import Customer, HistoryEntry, LevelChange
from webapp.foundation.db import db, new_id
from webapp.outbox import gate


def kinds(customer: Customer) -> list[str]:
    return [
        entry.kind
        for entry in db.session.query(HistoryEntry).filter_by(customer_id=customer.id).order_by(HistoryEntry.at)
    ]


def test_a_name_is_enough_for_a_new_customer(lin: FlaskClient, cast: SimpleNamespace) -> None:
    answer = send(lin, "/customers", name="苏州恒润纺机有限公司")
    customer = the_only_customer("苏州恒润纺机有限公司")
    assert answer.status_code == 303
    assert answer.location == f"/customers/{customer.id}"
    assert (customer.owner_id, customer.level, customer.stage, customer.relation) == (
        cast.lin.id,
        "E",
        "search",
        "prospect",
    )
    assert kinds(customer) == ["created"]


def test_a_new_customer_comes_with_its_person_its_tags_and_what_is_next(lin: FlaskClient) -> None:
    send(
        lin,
        "/customers",
        name="恒润纺机",
        level="C",
        industry="纺织机械",
        phone="0512-66881234",
        contact_name="陈国栋",
        contact_title="设备经理",
        contact_phone="138 0013 8000",
        tags_text="重点，样品在用、 展会",
        next_step="送样品",
        next_step_on="2026-11-26",
        shown="ticks tags",
    )
    customer = the_only_customer("恒润纺机")
    [person] = customer.people
    assert (person.name, person.title, person.phone_key) == ("陈国栋", "设备经理", "13800138000")
    assert {tag.word for tag in customer.tags} == {"重点", "样品在用", "展会"}
    assert (customer.next_step, customer.next_step_on) == ("送样品", date(2026, 11, 26))
    [first] = db.session.query(LevelChange).all()
    assert (first.after, first.state) == ("C", "applied")
    assert "恒润纺机" in see(lin, "/customers?q=8000")


def test_the_form_names_the_row(lin: FlaskClient) -> None:
    submission = new_id()
    for _ in range(2):
        lin.post("/customers", data={"submission_id": submission, "name": "恒润纺机"})
    assert the_only_customer("恒润纺机").id == submission


def test_a_customer_without_a_name_is_refused_and_nothing_typed_is_lost(lin: FlaskClient) -> None:
    answer = send(lin, "/customers", name="", address="东吴南路188号", contact_name="陈国栋", level="B")
    assert answer.status_code == 422
    assert "公司叫什么？" in answer.text
    assert 'value="东吴南路188号"' in answer.text
    assert 'value="陈国栋"' in answer.text
    assert db.session.query(Customer).count() == 0


@pytest.mark.parametrize(
    ("name", "phone", "contact_phone"),
    [
        ("蘇州恒潤紡機", "", ""),
        ("苏州恒润纺机（集团）有限责任公司", "", ""),
        ("别的名字", "0512 6688-1234", ""),
        ("别的名字", "", "+86 138-0013-8000"),
    ],
)
def test_before_a_customer_is_written_down_twice_the_known_one_is_shown(
    lin: FlaskClient, cast: SimpleNamespace, name: str, phone: str, contact_phone: str
) -> None:
    with gate.transaction():
        known = making.a_customer(cast.lin, "苏州恒润纺机有限公司", phone="0512-66881234")
        making.a_contact(known, "陈国栋", phone="13800138000")
    answer = send(
        lin, "/customers", name=name, phone=phone, contact_phone=contact_phone, contact_name="老陈", note="嫌贵"
    )
    assert answer.status_code == 422
    assert "像是已经有了" in answer.text
    assert f'href="/customers/{known.id}"' in answer.text
    assert f'value="{name}"' in answer.text
    assert "嫌贵</textarea>" in answer.text
    assert db.session.query(Customer).count() == 1


def test_who_says_that_it_is_another_one_may_go_on(lin: FlaskClient, cast: SimpleNamespace) -> None:
    with gate.transaction():
        making.a_customer(cast.lin, "恒润纺机")
    assert send(lin, "/customers", name="恒润纺机", still_new="1").status_code == 303
    assert db.session.query(Customer).count() == 2


def test_somebody_elses_customer_is_not_given_away_by_the_warning(lin: FlaskClient, cast: SimpleNamespace) -> None:
    with gate.transaction():
        making.a_customer(cast.wu, "恒润纺机")
    assert send(lin, "/customers", name="恒润纺机").status_code == 303


def test_two_companies_of_one_root_are_two(lin: FlaskClient, cast: SimpleNamespace) -> None:
    with gate.transaction():
        making.a_customer(cast.lin, "太极集团")
    assert send(lin, "/customers", name="太极股份").status_code == 303


def test_a_supervisor_creates_a_customer_for_one_of_his_people(zhou: FlaskClient, cast: SimpleNamespace) -> None:
    send(zhou, "/customers", name="恒润纺机", owner_id=cast.sun.id)
    assert the_only_customer("恒润纺机").owner_id == cast.sun.id


def test_a_supervisor_cannot_give_one_to_another_team(zhou: FlaskClient, cast: SimpleNamespace) -> None:
    assert send(zhou, "/customers", name="恒润纺机", owner_id=cast.wu.id).status_code == 422


@pytest.fixture
def customer(cast: SimpleNamespace) -> Customer:
    with gate.transaction():
        known = {"industry": "纺织", "pain": "嫌贵", "is_strategic": True, "budget_cents": 12345600, "stage": "search"}
        made = making.a_customer(cast.lin, "恒润纺机", **known)
        made.tag_with(["重点"])
    return made


WHOLE = {
    "name": "苏州恒润纺机有限公司",
    "short_name": "恒润纺机",
    "industry": "纺织机械",
    "area": "苏州",
    "city": "苏州",
    "district": "吴中区",
    "address": "东吴南路188号3幢",
    "position": "31.2989, 120.5853",
    "phone": "0512-66881234",
    "website": "www.hengrun.example",
    "size": "medium",
    "source": "fair",
    "stage": "persuade",
    "lifecycle": "growth",
    "relation": "intent",
    "key_rank": "3",
    "pain": "停一次机损失约6,000元",
    "latent_need": "想换国外件",
    "budget_cents": "12.5万",
    "sensitive_to": "quality",
    "decision_process": "陈经理点头，沈总签字",
    "prefers_communication": "微信",
    "prefers_product": "6205",
    "personal_interests": "钓鱼",
    "is_growing": "y",
    "nps": "9",
    "receivable_cents": "3,600",
    "overdue_cents": "1200.50",
    "overdue_since": "2026-11-18",
    "note": "门口有狗",
    "known_tags": ["重点"],
    "tags_text": "样品在用",
    "next_step": "带轴承寿命试验报告",
    "when": "2026-11-25",
    "shown": "ticks tags",
}


def test_the_whole_file_is_kept(lin: FlaskClient, customer: Customer) -> None:
    assert send(lin, f"/customers/{customer.id}", **WHOLE).status_code == 303
    kept = reread(customer)
    for name in (
        "name",
        "district",
        "size",
        "source",
        "stage",
        "lifecycle",
        "relation",
        "latent_need",
        "sensitive_to",
        "note",
    ):
        assert getattr(kept, name) == WHOLE[name]
    assert (kept.key_rank, kept.nps, kept.is_growing, kept.is_strategic) == (3, 9, True, False)
    assert (kept.budget_cents, kept.receivable_cents, kept.overdue_cents) == (12_500_000, 360_000, 120_050)
    assert kept.overdue_since == date(2026, 11, 18)
    assert kept.place == (31.2989, 120.5853)
    assert {tag.word for tag in kept.tags} == {"重点", "样品在用"}
    assert (kept.next_step, kept.next_step_on) == ("带轴承寿命试验报告", date(2026, 11, 25))
    assert kept.recommends_us


def test_the_page_of_the_file_shows_what_is_kept(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}", **WHOLE)
    page = see(lin, f"/customers/{customer.id}/edit")
    for shown in ("吴中区", "125000", "1200.50", "2026-11-25", "31.298900, 120.585300"):
        assert f'value="{shown}"' in page
    assert "陈经理点头，沈总签字" in page
    assert 'value="quality" checked' in page


def test_a_change_of_stage_stands_in_the_history(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}", **WHOLE)
    assert "stage" in kinds(customer)
    assert "搜索客户 → 说服客户" in see(lin, f"/customers/{customer.id}/history")


def test_a_tag_of_an_older_page_is_still_a_tag(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}", name="恒润纺机", shown="ticks tags", known_tags=["重点", "早没人用了"])
    assert {tag.word for tag in reread(customer).tags} == {"重点", "早没人用了"}


def test_a_tag_that_is_unticked_is_gone(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}", name="恒润纺机", shown="ticks tags")
    assert reread(customer).tags == []


def test_what_an_older_page_did_not_ask_stays_as_it_is(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}", name="恒润纺机二厂")
    kept = reread(customer)
    assert (kept.name, kept.industry, kept.pain, kept.budget_cents) == ("恒润纺机二厂", "纺织", "嫌贵", 12345600)
    assert kept.is_strategic
    assert [tag.word for tag in kept.tags] == ["重点"]


def test_an_overdue_next_step_does_not_stand_in_the_way_of_other_changes(
    lin: FlaskClient, cast: SimpleNamespace
) -> None:
    with gate.transaction():
        late = making.a_customer(cast.lin, "远成电机", next_step="追报价", next_step_on=date(2026, 11, 20))
    fields = {
        "name": "远成电机",
        "next_step": "追报价",
        "next_step_on": "2026-11-20",
        "phone": "0512-1234567",
        "when": "pick",
    }
    assert send(lin, f"/customers/{late.id}", **fields).status_code == 303
    assert send(lin, f"/customers/{late.id}", **{**fields, "next_step_on": "2026-11-19"}).status_code == 422


def test_the_next_step_is_set_by_one_tap(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/next-step", next_step="送样品", when="2026-11-25")
    kept = reread(customer)
    assert (kept.next_step, kept.next_step_on) == ("送样品", date(2026, 11, 25))
    assert "送样品 · 11月25日" in see(lin, f"/customers/{customer.id}/history")


def test_the_chip_of_a_form_that_was_open_for_days_is_still_good(lin: FlaskClient, customer: Customer) -> None:
    assert send(lin, f"/customers/{customer.id}/next-step", next_step="送样品", when="2026-11-23").status_code == 303
    assert reread(customer).next_step_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"next_step": "送样品", "when": "pick"}, "挑一个日子。"),
        ({"next_step": "送样品", "when": "pick", "next_step_on": "2026-11-20"}, "这天已经过了"),
        ({"next_step": "", "when": "2026-11-25"}, "写几个字"),
        ({"next_step": "送样品", "when": "someday"}, "没有这个选项"),
    ],
)
def test_a_next_step_that_cannot_be_is_refused(
    lin: FlaskClient, customer: Customer, fields: dict[str, str], message: str
) -> None:
    answer = send(lin, f"/customers/{customer.id}/next-step", **fields)
    assert answer.status_code == 422
    assert message in answer.text


def test_the_phone_at_the_door_tells_where_the_door_is(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/position", latitude="31.2989", longitude="120.5853", accuracy_m="12")
    assert reread(customer).place == (31.2989, 120.5853)


@pytest.mark.parametrize(
    "fields", [{"reason": "denied"}, {"latitude": "x", "longitude": "1"}, {"latitude": "nan", "longitude": "1"}]
)
def test_a_phone_without_a_position_changes_nothing(
    lin: FlaskClient, customer: Customer, fields: dict[str, str]
) -> None:
    answer = send(lin, f"/customers/{customer.id}/position", **fields)
    assert answer.status_code == 422
    assert "手机没给位置" in answer.text
    assert reread(customer).place is None
