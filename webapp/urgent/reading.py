"""How a complaint that came too late for its customer reads to whoever decides about it."""

from webapp.accounts.models import User
from webapp.outbox.quarantine import Lines, reads
from webapp.outbox.spelling import spell
from webapp.urgent.forms import ComplaintForm


@reads("complaints")
def complaint(customer_id: str, author: User) -> Lines:
    return spell(ComplaintForm())
