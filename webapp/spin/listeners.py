from webapp.customers import telling
from webapp.customers.facts import ContactsMerged, CustomersMerged
from webapp.customers.following import follow
from webapp.foundation.facts import hears
from webapp.spin import reading  # noqa: F401 (registers itself)
from webapp.spin.models import SpinTalk


@telling.tells("spin")
def say_who_answered(text: str, detail: telling.Detail) -> str:
    return " · ".join(part for part in (str(detail.get("who") or ""), text) if part)


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    follow(fact, SpinTalk.customer_id)


@hears(ContactsMerged)
def move_to_the_kept_person(fact: ContactsMerged) -> None:
    follow(fact, SpinTalk.contact_id)
