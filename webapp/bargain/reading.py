"""How a concession that came too late for its customer reads to whoever decides about it."""

from webapp.accounts.models import User
from webapp.bargain.forms import ConcessionForm
from webapp.outbox.quarantine import Lines, reads
from webapp.outbox.spelling import spell


@reads("concessions")
def concession(customer_id: str, author: User) -> Lines:
    return spell(ConcessionForm())
