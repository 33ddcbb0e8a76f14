"""A row about a known company fills what is empty there; what somebody wrote is never touched."""

from collections.abc import Mapping
from typing import Any

from webapp.accounts.models import User
from webapp.customers.importing.rows import Draft, Person
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db, new_id

FILLABLE = (
    "short_name", "code", "industry", "area", "city", "district", "address", "phone", "website", "size", "source",
    "pain", "note", "next_step", "next_step_on",
)  # fmt: skip


def fill(customer: Customer, draft: Draft, by: User, filename: str) -> bool:
    """Fill a stored customer from a row; false if the row says nothing new."""
    news = _news({name: getattr(customer, name) for name in FILLABLE}, draft)
    for name, value in news.items():
        setattr(customer, name, value)
    tags = bool(draft.tags) and not customer.tags
    if tags:
        customer.tag_with(draft.tags)
    people = [_introduce(customer, person) for person in draft.people]
    if not (news or tags or any(people)):
        return False
    customer.tidy()
    customer.note_history("imported", filename, by, filled=sorted(news))
    return True


def fill_draft(first: Draft, draft: Draft) -> bool:
    """Fill an earlier row of the same file from a later one."""
    news = _news(first.values, draft)
    first.values |= news
    tags = [] if first.tags else draft.tags
    first.tags += tags
    known = {person.name for person in first.people}
    people = [person for person in draft.people if person.name not in known]
    first.people += people
    return bool(news or tags or people)


def _news(known: Mapping[str, Any], draft: Draft) -> dict[str, Any]:
    empty = (name for name in FILLABLE if not known.get(name))
    return {name: draft.values[name] for name in empty if draft.values.get(name)}


def _introduce(customer: Customer, person: Person) -> bool:
    """Add a person, or fill what is empty about him; false if all was known."""
    contact = Contact(**new_contact(person), customer_id=customer.id)
    contact.tidy()
    twin = next((known for known in customer.contacts if _same(known, contact)), None)
    if twin is None:
        db.session.add(contact)
        customer.contacts.append(contact)
        return True
    before = (twin.title, twin.phone, twin.wechat, twin.email)
    for part in ("title", "phone", "wechat", "email"):
        setattr(twin, part, getattr(twin, part) or getattr(contact, part))
    twin.tidy()
    return before != (twin.title, twin.phone, twin.wechat, twin.email)


def _same(known: Contact, contact: Contact) -> bool:
    return known.is_same_person_as(contact) or bool(contact.phone_key and contact.phone_key == known.phone_key)


def new_contact(person: Person) -> dict[str, Any]:
    return {"id": new_id(), **vars(person)}
