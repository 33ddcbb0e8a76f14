"""What is known of the people at a customer, for the door card and for whoever writes a report."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db
from webapp.foundation.proving import proved

OPENERS = 3


@dataclass(frozen=True)
class AttentionList:
    """`live`: the proven first, then the untried, among these the freshest; `flat`: what fell flat and is not suggested again;
    `hidden`: how many are not shown because the person did not agree."""

    live: list[AttentionItem]
    flat: list[AttentionItem]
    hidden: int = 0

    @property
    def count(self) -> int:
        return len(self.live) + len(self.flat)

    def openers(self, most: int = OPENERS) -> list[AttentionItem]:
        return [item for item in self.live if may_open(item)][:most]


def items(customer_id: str) -> AttentionList:
    """The whole attention list of one customer. One query."""
    noticed = (
        select(AttentionItem)
        .where(AttentionItem.customer_id == customer_id, AttentionItem.retired_at.is_(None))
        .options(joinedload(AttentionItem.contact))
        .order_by(AttentionItem.noticed_on.desc(), AttentionItem.created_at.desc())
    )
    noted = list(db.session.scalars(noticed))
    found = [item for item in noted if item.may_be_shown]
    found.sort(key=lambda item: -proved(item.worked + item.half / 2, item.used))
    return AttentionList(
        live=[item for item in found if not item.fell_flat],
        flat=[item for item in found if item.fell_flat],
        hidden=len(noted) - len(found),
    )


def openers(customer_id: str, most: int = OPENERS) -> list[AttentionItem]:
    """What to begin with at this door: the proven first, then the freshest. One query."""
    return items(customer_id).openers(most)


def may_open(item: AttentionItem) -> bool:
    """How somebody likes to be reached is respected, not talked about; nor is anything of one who left or refused."""
    person = item.contact
    return item.category != "channel" and not item.fell_flat and (person is None or person_allows(person))


def person_allows(person: Contact) -> bool:
    return person.left_at is None and person.consent != "refused"


def people(customer: Customer, of: AttentionItem | None = None) -> list[Contact]:
    """Those of whom something may be noted: still there, and not against it; and the one whom this item is of."""
    known = of.contact_id if of else None
    return [person for person in customer.contacts if person_allows(person) or person.id == known]
