from sqlalchemy import update

from webapp.attention import care, reading  # noqa: F401 (they register themselves)
from webapp.attention.models import AttentionItem
from webapp.customers.facts import ContactsMerged, CustomersMerged
from webapp.foundation.db import db
from webapp.foundation.facts import hears


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    gone = AttentionItem.customer_id == fact.gone_id
    db.session.execute(update(AttentionItem).where(gone).values(customer_id=fact.kept_id))


@hears(ContactsMerged)
def move_to_the_kept_person(fact: ContactsMerged) -> None:
    gone = AttentionItem.contact_id == fact.gone_id
    db.session.execute(update(AttentionItem).where(gone).values(contact_id=fact.kept_id))
