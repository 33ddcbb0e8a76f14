"""The page of care days: who is to be greeted when, with what; and a greeting that was given."""

from datetime import date, timedelta

import pytest

from tests.making import a_contact, a_customer, an_attention_item
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

DAY = date(2026, 11, 24)


@pytest.fixture
def customer(cast):
    with gate.transaction():
        return a_customer(cast.lin, level="B", relation="established")


def test_a_birthday_of_next_week_with_what_to_write(lin, customer):
    with gate.transaction():
        a_contact(customer, title="设备部经理", birthday_month=11, birthday_day=29)
    page = lin.get("/care").text
    assert "陈经理，生日快乐！" in page
