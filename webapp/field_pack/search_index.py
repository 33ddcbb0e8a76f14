"""What the phone's own search needs of each customer: the key of webapp.foundation.pinyin, and how its texts are read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, selectinload

from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation.aloud import said, simple
from webapp.foundation.db import db
from webapp.playbook.standing import kind_of

NAMES = (
    "id", "name", "level", "key", "sort", "said",
    "stage", "industry", "area", "on", "last", "at", "step", "tags", "people", "role", "roles", "turn",
)  # fmt: skip
"""What a row may say; the last twelve only if there is something. `turn`: until when it is too soon to plan him (ISO), and what
is said of it then; a card brings it."""

__all__ = ["NAMES", "row", "rows", "said", "simple"]

Row = dict[str, Any]


def rows(user: User) -> list[Row]:
    """A row for each own customer, by name. Three queries."""
    mine = _own(user.id).order_by(Customer.sort_key, Customer.id)
    return [row(customer) for customer in db.session.scalars(mine)]


def _own(user_id: str) -> Select[Any]:
    mine = select(Customer).where(Customer.owner_id == user_id, Customer.merged_into_id.is_(None))
    return mine.options(
        selectinload(Customer.contacts), selectinload(Customer.tags), defer(Customer.note), defer(Customer.pain)
    )


def _roles(people: Sequence[Contact]) -> dict[str, str] | None:
    """The end of a contact's id, which tells the people of a customer apart → role in deciding; None if all have the same."""
    roles = {one.id[-6:]: one.decision_role or "" for one in people}
    return roles if len({*roles.values()}) > 1 else None


def row(customer: Customer) -> Row:
    """What the list is searched, narrowed and ordered by: `step`, `on`: the next step and its day, `last`: of the last contact
    (ISO), `at`: the position of the door, `role`: of who has most to say there, `roles`: of each by his id, where they differ,
    `people`: (name, chunks) of each if there are several; `said` are the chunks of all texts."""
    people = customer.people
    texts = [customer.name, customer.short_name, customer.code, customer.phone]
    texts += [text for person in people for text in (person.name, person.phone)]
    told = {
        "stage": customer.stage,
        "industry": customer.industry,
        "area": customer.area,
        "on": customer.next_step_on and customer.next_step_on.isoformat(),
        "last": customer.last_contact_at and customer.last_contact_at.isoformat(),
        "at": customer.place,
        "step": customer.next_step,
        "tags": [tag.word for tag in customer.tags],
        "role": kind_of(customer).role,
        "roles": _roles(people),
        "people": [[one.name, said([one.name, one.phone])] for one in people] if len(people) > 1 else None,
    }
    return {
        "id": customer.id,
        "name": customer.title,
        "level": customer.level,
        "key": customer.search_key,
        "sort": customer.sort_key,
        "said": said(texts),
        **{name: value for name, value in told.items() if value},
    }
