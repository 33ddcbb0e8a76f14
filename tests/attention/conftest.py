import pytest

from tests import making
from webapp.outbox import gate


@pytest.fixture
def customer(cast):
    with gate.transaction():
        customer = making.a_customer(cast.lin)
        customer.chen = making.a_contact(customer)
    return customer
