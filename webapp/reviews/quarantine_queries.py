"""What phones kept for customers that are others' by now, for those who decide about it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from webapp.accounts.access import find_or_404, visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.outbox import quarantine
from webapp.outbox.arrivals import Announced, Quarantined, of_entry
from webapp.outbox.quarantine import Lines


@dataclass(frozen=True)
class Held:
    """One of them. `customer` is None for one who may not see it; `exists`: whether there is one to file it at."""

    row: Quarantined
    customer: Customer | None
    exists: bool
    lines: Lines
    attachments: list[Announced]


def led_by(user: User) -> Any:
    """All whose author, or whose customer's owner, this user leads; nobody decides about his own."""
    at = aliased(Customer)
    sight = or_(visible_to(user, Quarantined.author_id), visible_to(user, at.owner_id))
    found = select(Quarantined).outerjoin(at, at.id == Quarantined.customer_id)
    return found.where(Quarantined.author_id != user.id, sight)


def undecided(user: User) -> Any:
    """Those that wait, the oldest first."""
    return led_by(user).where(Quarantined.decision == "").order_by(Quarantined.arrived_at)


def waiting_for(user: User, most: int = 50) -> list[tuple[Quarantined, Customer | None]]:
    """Those that wait, each with its customer if this user may see that. Two queries."""
    rows = list(db.session.scalars(undecided(user).options(joinedload(Quarantined.author)).limit(most)))
    ids = [row.customer_id for row in rows]
    seen = {
        customer.id: customer for customer in db.session.scalars(Customer.visible_to(user).where(Customer.id.in_(ids)))
    }
    return [(row, seen.get(row.customer_id)) for row in rows]


def find(entry_id: str, user: User) -> Quarantined:
    """One of them, held for a decision; 404 if it is not this user's to decide."""
    return find_or_404(led_by(user).where(Quarantined.id == entry_id).with_for_update(of=Quarantined))


def held(row: Quarantined, user: User) -> Held:
    """All that its page shows."""
    customer = db.session.scalar(Customer.visible_to(user).where(Customer.id == row.customer_id))
    living = select(Customer.id).where(Customer.id == row.customer_id, Customer.merged_into_id.is_(None))
    exists = db.session.scalar(living) is not None
    lines = quarantine.in_words(row, customer.id if customer else "")
    return Held(row, customer, exists, lines, of_entry(row.id))
