from sqlalchemy import delete, select

from webapp.attention import care, reading  # noqa: F401 (they register themselves)
from webapp.attention.models import AttentionItem
from webapp.customers.facts import ConsentChanged, ContactsMerged, CustomersMerged
from webapp.customers.following import follow
from webapp.customers.models import HistoryEntry
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.push.models import Notice


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    follow(fact, AttentionItem.customer_id)


@hears(ContactsMerged)
def move_to_the_kept_person(fact: ContactsMerged) -> None:
    follow(fact, AttentionItem.contact_id)


@hears(ConsentChanged)
def hide_or_show(fact: ConsentChanged) -> None:
    """What was noted without a yes is out of sight everywhere: in the history too, and in what was told of him."""
    db.session.flush()
    his = select(AttentionItem).where(AttentionItem.contact_id == fact.contact_id)
    shown = {item.id: item.may_be_shown for item in db.session.scalars(his)}
    told = select(HistoryEntry).where(HistoryEntry.customer_id == fact.customer_id, HistoryEntry.kind == "attention")
    for entry in db.session.scalars(told) if shown else ():
        detail = dict(entry.detail or {})
        if (item_id := detail.get("item_id")) in shown:
            detail.pop("hidden", None)
            entry.detail = detail if shown[item_id] else {**detail, "hidden": True}
    if not all(shown.values()):
        db.session.execute(delete(Notice).where(Notice.subject == fact.contact_id, Notice.kind == "care"))
