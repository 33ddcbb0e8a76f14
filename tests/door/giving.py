"""What the tests of the door make beside what all tests make."""

from typing import Any

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.visits.models import Promise


def a_promise(customer: Customer, by: User, text: str = "轴承寿命试验报告", **values: Any) -> Promise:
    promise = Promise(id=new_id(), customer_id=customer.id, by_id=by.id, text=text, **values)
    db.session.add(promise)
    return promise
