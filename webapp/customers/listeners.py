from sqlalchemy import insert, select, update

from webapp.accounts.facts import CustomersHandedOver
from webapp.accounts.models import User, note
from webapp.customers import notices, reading  # noqa: F401 (they register themselves)
from webapp.customers.facts import CustomerReassigned
from webapp.customers.models import Customer, HistoryEntry
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.facts import hears, tell
from webapp.outbox.entries import succeeded_by


@hears(CustomersHandedOver)
def hand_over_all(fact: CustomersHandedOver) -> None:
    """All that one person has goes to another in one step: thousands of customers, a handful of statements."""
    before, after = (db.session.get_one(User, user_id) for user_id in (fact.from_id, fact.to_id))
    if before is after:
        return
    db.session.flush()
    ids = list(db.session.scalars(select(Customer.id).where(Customer.owner_id == before.id)))
    db.session.execute(update(Customer).where(Customer.owner_id == before.id).values(owner_id=after.id))
    line = {
        "kind": "owner",
        "at": clock.now(),
        "by_id": fact.by_id,
        "detail": {"before": before.name, "after": after.name},
    }
    if lines := [{"id": new_id(), "customer_id": id, "text": "", "url": "", **line} for id in ids]:
        db.session.execute(insert(HistoryEntry), lines)
    note("customers_handed_over", before, len(ids), fact.by_id, to_id=after.id)
    for customer_id in ids:
        tell(CustomerReassigned(customer_id, before.id, after.id, fact.by_id, is_one_of_all=True))


@succeeded_by
def kept_customer(customer_id: str) -> str | None:
    """Entries that a phone made before a merge land with the customer that was kept."""
    kept, seen = None, {customer_id}
    while (
        next_id := db.session.scalar(select(Customer.merged_into_id).where(Customer.id == customer_id))
    ) and next_id not in seen:
        kept = customer_id = next_id
        seen.add(next_id)
    return kept
