from sqlalchemy import update

from webapp.customers.facts import CustomersMerged
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.outbox.arrivals import Quarantined
from webapp.reviews import notices  # noqa: F401 (registers itself)


@hears(CustomersMerged)
def wait_at_the_kept_customer(fact: CustomersMerged) -> None:
    """What waits for a decision about a merged customer waits for whoever leads the owner of the kept one."""
    waiting = update(Quarantined).where(Quarantined.customer_id == fact.gone_id)
    db.session.execute(waiting.values(customer_id=fact.kept_id))
