"""How answers that came too late for their customer read to whoever decides about them."""

from webapp.accounts.models import User
from webapp.outbox.quarantine import Lines, reads
from webapp.outbox.spelling import spell
from webapp.spin.forms import SpinForm


@reads("spin")
def answers(customer_id: str, author: User) -> Lines:
    return spell(SpinForm(), but=("contact_id",))
