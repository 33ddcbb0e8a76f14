"""A list of customers that is imported reaches the phones, and what it changes of known ones too."""

import pytest

from tests.customers.test_import_flow import SMALL, imported
from tests.field_pack.phone import Phone
from tests.field_pack.test_every_change import held_against
from tests.making import a_customer
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.outbox import gate


@pytest.mark.slow
def test_an_import_reaches_the_phone_with_all_that_it_brings(lin, cast):
    with gate.transaction():
        known = a_customer(cast.lin, "远成电机有限公司").id
    phone = Phone(lin)
    phone.pull()
    imported(lin, SMALL)
    came = phone.pull()
    new = {customer.id for customer in db.session.scalars(db.select(Customer))} - {known}
    assert new and {f"/customers/{id}" for id in new} <= set(came.urls)
    assert {"/customers", "/customers/filter"} <= set(came.urls)
    assert {line["index"]["id"] for line in came.lines if "index" in line} >= new
    assert not held_against(phone)
