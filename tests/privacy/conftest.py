"""lin's customer with chen, of whom one thing is noted; the ledger lies beside the data of all tests and is cleared."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tests import making
from webapp.attention.models import AttentionItem
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.privacy import ledger


@pytest.fixture(autouse=True)
def no_ledger(app: object) -> Iterator[None]:
    ledger.path().unlink(missing_ok=True)
    yield
    ledger.path().unlink(missing_ok=True)


@pytest.fixture
def chen(cast: SimpleNamespace) -> SimpleNamespace:
    with gate.transaction():
        customer = making.a_customer(cast.lin, "恒润纺机")
        person = making.a_contact(customer, "陈国栋", phone="13912345678")
        db.session.flush()
        item = AttentionItem.notice(customer, cast.lin, "taste", "爱喝凤凰单丛", "带一泡请他品", contact_id=person.id)
    return SimpleNamespace(id=person.id, customer=customer.id, item=item.id)
