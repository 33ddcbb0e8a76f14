"""How what somebody noticed reads, field by field, when somebody else has to decide about it."""

from webapp.accounts.models import User
from webapp.attention import queries
from webapp.attention.forms import NoticeForm
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.outbox.quarantine import Lines, reads
from webapp.outbox.spelling import spell


@reads("attention")
def notice(customer_id: str, author: User) -> Lines:
    customer = db.session.get(Customer, customer_id)
    return spell(NoticeForm(queries.people(customer) if customer else []))
