from sqlalchemy import update

from webapp.customers.facts import CustomersMerged
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.playbook import notices  # noqa: F401 (registers itself)
from webapp.playbook.models import Gap, Misfit, TrackUse


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    """What was said to one company was said to the one it turned out to be."""
    for table in (TrackUse, Gap, Misfit):
        gone = table.customer_id == fact.gone_id
        db.session.execute(update(table).where(gone).values(customer_id=fact.kept_id))
    TrackUse.settle(TrackUse.customer_id == fact.kept_id)
