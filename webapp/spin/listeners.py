from sqlalchemy import update

from webapp.customers import telling
from webapp.customers.facts import ContactsMerged, CustomersMerged
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.spin import reading  # noqa: F401 (registers itself)
from webapp.spin.models import SpinTalk


@telling.tells("spin")
def say_who_answered(text: str, detail: telling.Detail) -> str:
    return " · ".join(part for part in (str(detail.get("who") or ""), text) if part)


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    mine = update(SpinTalk).where(SpinTalk.customer_id == fact.gone_id)
    db.session.execute(mine.values(customer_id=fact.kept_id))


@hears(ContactsMerged)
def move_to_the_kept_person(fact: ContactsMerged) -> None:
    his = update(SpinTalk).where(SpinTalk.contact_id == fact.gone_id)
    db.session.execute(his.values(contact_id=fact.kept_id))
