"""Everything that happened stands in the history; a call or a note is written down in two taps."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import making
from tests.customers.acting import reread, see, send
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.outbox import gate


@pytest.fixture
def customer(cast: SimpleNamespace) -> Customer:
    with gate.transaction():
        return making.a_customer(cast.lin, "恒润纺机", next_step="追报价", next_step_on=date(2026, 11, 24))


def test_a_call_lands_in_the_history_and_counts_as_contact(lin: FlaskClient, customer: Customer) -> None:
    answer = send(
        lin, f"/customers/{customer.id}/notes", kind="call", text="约好18日送样", day="2026-11-24", time="09:30"
    )
    assert answer.status_code == 303
    assert reread(customer).last_contact_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    page = see(lin, f"/customers/{customer.id}/history")
    assert "约好18日送样" in page
    assert "09:30 · 林晓岚" in page


def test_a_note_is_remembered_but_is_no_contact(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/notes", kind="note", text="前台姓顾")
    assert "前台姓顾" in see(lin, f"/customers/{customer.id}/history")
    assert reread(customer).last_contact_at is None


def test_a_call_may_bring_the_next_step(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/notes", kind="call", text="要样品", next_step="送样品", when="2026-11-27")
    assert (reread(customer).next_step, reread(customer).next_step_on) == ("送样品", date(2026, 11, 27))


def test_a_call_alone_leaves_the_next_step_as_it_was(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/notes", kind="call", text="没人接")
    assert (reread(customer).next_step, reread(customer).next_step_on) == ("追报价", date(2026, 11, 24))


def test_nobody_has_called_tomorrow(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/notes", kind="call", text="约好了", day="2026-11-24", time="23:00")
    assert reread(customer).last_contact_at == clock.now()
    answer = send(lin, f"/customers/{customer.id}/notes", kind="call", text="约好了", day="2026-11-25")
    assert answer.status_code == 422
    assert "这个日子太远了。" in answer.text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "call", "text": ""}, "写几个字就行。"),
        ({"kind": "dream", "text": "约好了"}, "没有这个选项"),
        ({"kind": "call", "text": "字" * 20_000}, "太长了：最多500字，现在有20000字。"),
        ({"kind": "call", "text": "卡号 6222 0212 3456 7890 128 别忘"}, "银行卡"),
        ({"kind": "call", "text": "约好了", "time": "25:00"}, "这不像一个时间"),
        ({"kind": "call", "text": "约好了", "day": "1066-10-14"}, "这个日子太早了。"),
    ],
)
def test_a_note_that_cannot_be_is_refused(
    lin: FlaskClient, customer: Customer, fields: dict[str, str], message: str
) -> None:
    answer = send(lin, f"/customers/{customer.id}/notes", **fields)
    assert answer.status_code == 422
    assert message in answer.text
    assert reread(customer).last_contact_at is None


def test_a_long_history_is_read_page_by_page_and_nothing_twice(
    lin: FlaskClient, cast: SimpleNamespace, customer: Customer
) -> None:
    with gate.transaction():
        for number in range(70):
            customer.note_history("note", f"第{number:02d}条", cast.lin, clock.now() - timedelta(hours=number // 2))
    url, seen = f"/customers/{customer.id}/history", []
    while url:
        page = see(lin, url)
        seen += [line for line in page.splitlines() if "<p>第" in line]
        url = (
            page.split('<p id="more"><a class="button button--wide" href="')[1].split('"')[0]
            if 'id="more"' in page
            else ""
        )
    assert len(seen) == len(set(seen)) == 70
    assert "第00条" in seen[0] + seen[1]
    assert "第69条" in seen[-1] + seen[-2]


def test_a_history_speaks_the_language_of_its_reader(
    cast: SimpleNamespace, customer: Customer, client_of: object
) -> None:
    with gate.transaction():
        customer.move_to_stage("persuade", cast.lin)
        customer.note_history("order", by=cast.lin, cents=360000)
        customer.set_level("C", "试样通过", cast.zhou)
        making.a_contact(customer, "陈国栋").leave(cast.lin)
    page = see(client_of(cast.lin, language="en"), f"/customers/{customer.id}/history")  # type: ignore[operator]
    assert "Find customers → Persuade" in page
    assert "¥3,600" in page
    assert "E → C · 试样通过" in page
    assert "陈国栋 has left" in page


def test_an_entry_of_a_kind_that_nobody_knows_is_still_shown(lin: FlaskClient, customer: Customer) -> None:
    with gate.transaction():
        customer.note_history("moon_landing", "一小步")
    assert "一小步" in see(lin, f"/customers/{customer.id}/history")
