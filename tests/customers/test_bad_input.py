"""Whatever is typed or sent: a clear word next to its field, nothing stored, nothing typed lost."""

import html
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests import making
from tests.customers.acting import reread, see, send, the_only_customer
from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

BAD: list[tuple[dict[str, Any], str]] = [
    ({"name": "司" * 20_000}, "太长了：最多200字，现在有20000字。"),
    ({"note": "字" * 20_000}, "太长了：最多5000字，现在有20000字。"),
    ({"pain": "身份证11010519491231002X"}, "身份证"),
    ({"phone": "打给老王"}, "这不像电话号码"),
    ({"website": "没有 网站"}, "这不像网址"),
    ({"budget_cents": "-5"}, "金额不能是负数。"),
    ({"budget_cents": "很多"}, "这不像一个数"),
    ({"budget_cents": "99999999999"}, "金额太大了"),
    ({"receivable_cents": "100", "overdue_cents": "200"}, "逾期的不会比应收多。"),
    ({"overdue_since": "2026-12-24"}, "这个日子太远了。"),
    ({"overdue_since": "1066-10-14"}, "这个日子太早了。"),
    ({"next_step": "去", "when": "pick", "next_step_on": "2026-11-01"}, "这天已经过了"),
    ({"next_step": "去", "when": "pick", "next_step_on": "9999-12-31"}, "这个日子太远了。"),
    ({"nps": "11"}, "要在0和10之间。"),
    ({"nps": "7.5"}, "要一个整数。"),
    ({"key_rank": "0"}, "要在1和9999之间。"),
    ({"stage": "heaven"}, "没有这个选项"),
    ({"relation": "married"}, "没有这个选项"),
    ({"position": "苏州"}, "这不像位置"),
    ({"position": "91, 120"}, "这不像位置"),
    ({"position": "nan, 120"}, "这不像位置"),
    ({"tags_text": "标" * 31}, "标签太长"),
    ({"tags_text": ",".join(f"标{number}" for number in range(21))}, "标签太多了"),
    ({"known_tags": ["标" * 31], "shown": "tags"}, "标签太长"),
]


@pytest.fixture
def customer(cast: SimpleNamespace) -> Customer:
    with gate.transaction():
        return making.a_customer(cast.lin, "恒润纺机", address="老地址")


@pytest.mark.parametrize(("fields", "message"), BAD, ids=[str(number) for number in range(len(BAD))])
def test_a_file_with_a_mistake_is_refused_and_kept_as_typed(
    lin: FlaskClient, customer: Customer, fields: dict[str, Any], message: str
) -> None:
    answer = send(lin, f"/customers/{customer.id}", **{"name": "恒润纺机", "address": "新地址", **fields})
    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert message in page
    assert 'value="新地址"' in page
    for name, value in fields.items():
        assert name in ("stage", "relation", "known_tags") or value in page
    assert reread(customer).address == "老地址"


def test_the_summary_leads_to_the_field(lin: FlaskClient, customer: Customer) -> None:
    page = send(lin, f"/customers/{customer.id}", name="", budget_cents="-1").text
    assert "有2处要改" in page
    assert 'href="#budget_cents"' in page
    assert 'aria-describedby="budget_cents-error"' in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("恒润🏭纺机👨‍🏭", "恒润🏭纺机👨‍🏭"),
        ("恒\x00润\u202e纺机\u2066", "恒润纺机"),
        ("  恒润纺机 \r\n", "恒润纺机"),
        ("شركة", "شركة"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE customer; --", "'; DROP TABLE customer; --"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_odd_characters_are_kept_or_cleaned_and_never_do_harm(lin: FlaskClient, typed: str, kept: str) -> None:
    assert send(lin, "/customers", name=typed, short_name=typed[:50], note=typed).status_code == 303
    customer = the_only_customer(kept)
    for page in (f"/customers/{customer.id}/edit", "/customers"):
        answer = lin.get(page)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert html.escape(kept, quote=False)[:20] in answer.text.replace("&#39;", "'")


@pytest.mark.parametrize(
    "asked",
    [
        "x" * 20_000,
        "\x00",
        "%",
        "_",
        "😀",
        "' OR 1=1 --",
        "\u202e恒润",
        "*",
        "   ",
        "(" * 200,
        "a b c d e f g h i j k l",
    ],
)
def test_any_question_is_answered(lin: FlaskClient, customer: Customer, asked: str) -> None:
    assert lin.get("/customers", query_string={"q": asked}).status_code == 200
    assert lin.get(f"/customers/{customer.id}/merge", query_string={"q": asked}).status_code == 200


def test_a_form_whose_id_is_none_is_refused(lin: FlaskClient, customer: Customer) -> None:
    answer = lin.post(f"/customers/{customer.id}", data={"submission_id": "1", "name": "别的"})
    assert answer.status_code == 400
    assert reread(customer).name == "恒润纺机"


def test_the_same_id_with_other_words_is_refused(lin: FlaskClient) -> None:
    submission = new_id()
    lin.post("/customers", data={"submission_id": submission, "name": "恒润纺机"})
    assert lin.post("/customers", data={"submission_id": submission, "name": "宏锦印染"}).status_code == 409
    db.session.rollback()
    assert [customer.name for customer in db.session.query(Customer)] == ["恒润纺机"]


@pytest.mark.parametrize(
    "address", ["/customers/1/edit", "/customers/nonsense", "/customers/x/history", "/contacts/x/edit"]
)
def test_an_address_that_names_nothing_is_unknown(lin: FlaskClient, address: str) -> None:
    see(lin, address, 404)


def test_a_page_before_an_entry_that_is_not_his_begins_at_the_top(
    lin: FlaskClient, cast: SimpleNamespace, customer: Customer
) -> None:
    with gate.transaction():
        entry_id = new_id()
        making.a_customer(cast.wu, "长江轴承").note_history("note", "吴的话", cast.wu, id=entry_id)
        customer.note_history("note", "林的话", cast.lin)
    for before in (entry_id, new_id(), "x"):
        page = see(lin, f"/customers/{customer.id}/history?before={before}")
        assert "林的话" in page
        assert "吴的话" not in page
