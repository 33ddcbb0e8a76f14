"""Customers change hands: one, several, or all that a leaver had."""

from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import making
from tests.customers.acting import names, reread, see, send
from webapp.accounts.models import AuditEntry
from webapp.customers.models import Customer, HistoryEntry
from webapp.foundation.db import db
from webapp.outbox import gate


def audited(action: str) -> list[AuditEntry]:
    db.session.rollback()
    return db.session.query(AuditEntry).filter_by(action=action).all()


def test_a_supervisor_gives_a_customer_to_another_rep(
    zhou: FlaskClient, lin: FlaskClient, cast: SimpleNamespace, customer: Customer
) -> None:
    assert send(zhou, f"/customers/{customer.id}/owner", owner_id=cast.sun.id).status_code == 303
    assert reread(customer).owner_id == cast.sun.id
    assert "林晓岚 → 孙海涛" in see(zhou, f"/customers/{customer.id}/history")
    assert lin.get(f"/customers/{customer.id}/edit").status_code == 404
    [entry] = audited("customer_reassigned")
    assert (entry.actor_id, entry.detail["from_id"], entry.detail["to_id"]) == (cast.zhou.id, cast.lin.id, cast.sun.id)


def test_a_rep_gives_nothing_away(lin: FlaskClient, cast: SimpleNamespace, customer: Customer) -> None:
    assert lin.get(f"/customers/{customer.id}/owner").status_code == 404
    assert send(lin, f"/customers/{customer.id}/owner", owner_id=cast.sun.id).status_code == 404
    assert send(lin, "/customers/reassignments", owner_id=cast.sun.id, customer_id=customer.id).status_code == 404
    assert reread(customer).owner_id == cast.lin.id


@pytest.mark.parametrize("whom", ["wu", "director", "admin"])
def test_a_supervisor_gives_only_to_the_field_people_of_his_branch(
    zhou: FlaskClient, cast: SimpleNamespace, customer: Customer, whom: str
) -> None:
    answer = send(zhou, f"/customers/{customer.id}/owner", owner_id=getattr(cast, whom).id)
    assert answer.status_code == 422
    assert "选一个人。" in answer.text


def test_nobody_gets_what_somebody_disabled_had_offered(
    zhou: FlaskClient, cast: SimpleNamespace, customer: Customer
) -> None:
    with gate.transaction():
        cast.sun.disable()
    assert "孙海涛" not in see(zhou, f"/customers/{customer.id}/owner")


def test_several_are_ticked_in_the_list_and_go_together(
    zhou: FlaskClient, cast: SimpleNamespace, customer: Customer
) -> None:
    with gate.transaction():
        second = making.a_customer(cast.lin, "宏锦印染")
        third = making.a_customer(cast.lin, "新盛塑机")
        foreign = making.a_customer(cast.wu, "长江轴承")
    assert f'name="customer_id" value="{second.id}" form="bulk"' in see(zhou, "/customers?choosing=1")
    chosen = [customer.id, second.id, foreign.id, "nonsense"]
    answer = send(zhou, "/customers/reassignments?level=E", owner_id=cast.sun.id, customer_id=chosen)
    assert (answer.status_code, answer.location) == (303, "/customers?level=E")
    assert [reread(one).owner.username for one in (customer, second, third, foreign)] == ["sun", "sun", "lin", "wu"]
    assert "2家交给了孙海涛。" in see(zhou, "/customers")
    assert len(audited("customer_reassigned")) == 2


def test_a_bulk_without_a_person_keeps_the_ticks(zhou: FlaskClient, cast: SimpleNamespace, customer: Customer) -> None:
    answer = send(zhou, "/customers/reassignments", owner_id="", customer_id=[customer.id])
    assert answer.status_code == 422
    assert f'value="{customer.id}" checked' in answer.text
    assert "先勾几家" in send(zhou, "/customers/reassignments", owner_id=cast.sun.id).text


def test_a_rep_gets_no_ticks_in_his_list(lin: FlaskClient, customer: Customer) -> None:
    assert 'name="customer_id"' not in see(lin, "/customers?choosing=1")


def test_all_that_a_leaver_had_goes_to_another_in_one_step(cast: SimpleNamespace, lin: FlaskClient) -> None:
    with gate.transaction():
        for number in range(12):
            making.a_customer(cast.wu, f"客户{number}")
    with gate.transaction():
        cast.wu.hand_customers_to(cast.lin, by=cast.admin)
    assert len(names(see(lin, "/customers"))) == 12
    lines = db.session.query(HistoryEntry).filter_by(kind="owner").all()
    assert len(lines) == 12
    assert (lines[0].by_id, lines[0].said) == (cast.admin.id, "吴俊 → 林晓岚")
    [entry] = audited("customers_handed_over")
    assert (entry.count, entry.actor_id) == (12, cast.admin.id)
