"""How a note reads, field by field, when somebody else has to decide about it."""

from webapp.accounts.models import User
from webapp.customers.forms import InteractionForm
from webapp.outbox.quarantine import Lines, reads
from webapp.outbox.spelling import spell


@reads("notes")
def note(customer_id: str, author: User) -> Lines:
    return spell(InteractionForm())
