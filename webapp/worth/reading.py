"""How a comparison reads, field by field, when somebody else has to decide about it."""

from webapp.accounts.models import User
from webapp.outbox.quarantine import Lines, reads
from webapp.outbox.spelling import spell
from webapp.worth.forms import WorthForm


@reads("comparisons")
def comparison(_customer_id: str, _author: User) -> Lines:
    return spell(WorthForm())
