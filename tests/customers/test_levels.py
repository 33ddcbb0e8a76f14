"""Levels: a rep proposes, a supervisor decides, a second purchase raises by itself, and every change has its reason."""

from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import making
from tests.customers.acting import reread, see, send
from webapp.customers.models import Customer, LevelChange
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate


@pytest.fixture
def customer(cast: SimpleNamespace) -> Customer:
    with gate.transaction():
        return making.a_customer(cast.lin, "恒润纺机", level="D")


def changes(customer: Customer) -> list[tuple[str, str, str]]:
    db.session.rollback()
    rows = db.session.query(LevelChange).filter_by(customer_id=customer.id).order_by(LevelChange.at, LevelChange.id)
    return [(change.before, change.after, change.state) for change in rows]


def the_proposal(customer: Customer) -> LevelChange:
    [proposal] = customer.open_proposals()
    return proposal


def test_what_a_rep_proposes_waits_for_his_supervisor(lin: FlaskClient, zhou: FlaskClient, customer: Customer) -> None:
    assert send(lin, f"/customers/{customer.id}/level", level="C", reason="只差交期").status_code == 303
    assert reread(customer).level == "D"
    page = see(zhou, f"/customers/{customer.id}/level")
    assert "林晓岚提议：D → C" in page
    assert "只差交期" in page
    send(zhou, f"/level-changes/{the_proposal(customer).id}/approval")
    assert reread(customer).level == "C"
    assert "D → C · 只差交期" in see(lin, f"/customers/{customer.id}/history")


def test_a_proposal_that_is_declined_leaves_the_level(lin: FlaskClient, zhou: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/level", level="A", reason="老板很热情")
    send(zhou, f"/level-changes/{the_proposal(customer).id}/refusal")
    assert reread(customer).level == "D"
    assert changes(customer) == [("D", "A", "declined")]


def test_a_rep_does_not_accept_his_own_proposal(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/level", level="A", reason="老板很热情")
    for verb in ("approval", "refusal"):
        assert send(lin, f"/level-changes/{the_proposal(customer).id}/{verb}").status_code == 404
    assert "同意" not in see(lin, f"/customers/{customer.id}/level")
    assert reread(customer).level == "D"


def test_a_proposal_is_settled_once(zhou: FlaskClient, cast: SimpleNamespace, customer: Customer) -> None:
    with gate.transaction():
        proposal = customer.propose_level("C", "只差交期", cast.lin)
    send(zhou, f"/level-changes/{proposal.id}/refusal")
    send(zhou, f"/level-changes/{proposal.id}/approval")
    assert reread(customer).level == "D"


def test_a_later_proposal_takes_the_place_of_an_earlier_one(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/level", level="C", reason="只差交期")
    send(lin, f"/customers/{customer.id}/level", level="B", reason="下周签")
    assert changes(customer) == [("D", "C", "withdrawn"), ("D", "B", "proposed")]


def test_a_supervisor_changes_a_level_at_once(zhou: FlaskClient, customer: Customer) -> None:
    send(zhou, f"/customers/{customer.id}/level", level="B", reason="一起去过，下周签")
    assert reread(customer).level == "B"
    assert changes(customer) == [("D", "B", "applied")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"level": "C", "reason": ""}, "说一句为什么。"),
        ({"level": "", "reason": "因为"}, "选一个。"),
        ({"level": "Z", "reason": "因为"}, "没有这个选项"),
        ({"level": "D", "reason": "因为"}, "现在就是D。"),
        ({"level": "C", "reason": "长" * 301}, "太长了：最多300字"),
    ],
)
def test_a_change_without_sense_or_reason_is_refused(
    lin: FlaskClient, customer: Customer, fields: dict[str, str], message: str
) -> None:
    answer = send(lin, f"/customers/{customer.id}/level", **fields)
    assert answer.status_code == 422
    assert message in answer.text
    assert changes(customer) == []


def test_a_second_purchase_raises_the_level_one_step_by_itself(
    lin: FlaskClient, cast: SimpleNamespace, customer: Customer
) -> None:
    levels = []
    for _ in range(3):
        with gate.transaction():
            customer.record_purchase(clock.now(), 360000, cast.lin)
        levels.append(reread(customer).level)
    assert levels == ["D", "C", "C"]
    assert reread(customer).relation == "just_sold"
    page = see(lin, f"/customers/{customer.id}/history")
    assert "D → C · 第二次下单，自动升一级" in page
    assert "¥3,600" in page


def test_an_a_stays_an_a(cast: SimpleNamespace) -> None:
    with gate.transaction():
        best = making.a_customer(cast.lin, "新盛塑机", level="A", purchase_count=1)
        best.record_purchase(clock.now(), 100, cast.lin)
    assert reread(best).level == "A"
    assert changes(best) == []


def test_who_was_asked_how_it_goes_is_an_old_customer(cast: SimpleNamespace, customer: Customer) -> None:
    with gate.transaction():
        customer.record_purchase(clock.now(), 100, cast.lin)
        customer.record_contact(clock.now())
    assert reread(customer).relation == "just_sold"
    clock.freeze(clock.now().replace(day=26))
    with gate.transaction():
        customer.record_contact(clock.now())
    assert reread(customer).relation == "established"
