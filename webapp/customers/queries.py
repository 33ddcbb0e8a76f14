"""What the rooms above ask of customers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from webapp.accounts.access import find_or_404, visible_to
from webapp.accounts.models import User
from webapp.customers.filters import has_place
from webapp.customers.geography import away
from webapp.customers.models import Contact, Customer, LevelChange
from webapp.customers.reads import note_read
from webapp.customers.rhythm import is_his_turn, turn_by_rhythm
from webapp.foundation import at_hand
from webapp.foundation.db import as_id, db
from webapp.foundation.geo import distance_m
from webapp.foundation.origin import SAFE


@dataclass(frozen=True)
class Due:
    """A customer whose turn it is: since `on`, by a next step that was planned, else by the rhythm of the relation."""

    customer: Customer
    on: date
    is_planned: bool


def find(customer_id: str) -> Customer:
    """The customer whom the person who asks may see; 404 otherwise. One that was merged leads to the one it became:
    a page moves there for good (301), and what is sent lands there."""
    customer = at_hand.take("customer", customer_id, lambda: _seen(customer_id))
    if customer is not None:
        if request.method in SAFE:
            note_read(customer)
        return customer
    became = select(Customer.merged_into_id).where(Customer.id == customer_id).scalar_subquery()
    kept = _seen(became)
    if kept is None:
        abort(404)
    if request.method in SAFE and request.endpoint:
        arguments = {**request.args.to_dict(), **(request.view_args or {}), "customer_id": kept.id}
        abort(redirect(url_for(request.endpoint, **arguments), 301))
    return kept


def _seen(customer_id: Any) -> Customer | None:
    return db.session.scalar(Customer.visible_to(current_user).where(Customer.id == customer_id))


def find_living(customer_id: str | None, but: str = "") -> Customer:
    """Another customer, named in a form, whom the person who asks may see; 404 otherwise."""
    known = as_id(customer_id)
    return find_or_404(Customer.visible_to(current_user).where(Customer.id == known, Customer.id != but))


def find_all(ids: Iterable[str]) -> list[Customer]:
    """Those of these customers that the person who asks may see. One query."""
    known = {known for text in ids if (known := as_id(text))}
    seen = Customer.visible_to(current_user).where(Customer.id.in_(known)).options(joinedload(Customer.owner))
    return list(db.session.scalars(seen.order_by(Customer.sort_key)))


def find_contact(contact_id: str) -> Contact:
    """A person at a customer whom the person who asks may see; 404 otherwise."""
    seen = Customer.visible_to(current_user).with_only_columns(Customer.id)
    return find_or_404(select(Contact).where(Contact.id == contact_id, Contact.customer_id.in_(seen)))


def find_proposal(change_id: str) -> LevelChange:
    """A change of level of a customer whom the person who asks may see; 404 otherwise."""
    seen = Customer.visible_to(current_user).with_only_columns(Customer.id)
    return find_or_404(select(LevelChange).where(LevelChange.id == change_id, LevelChange.customer_id.in_(seen)))


def due_for(user: User, day: date, most: int = 200) -> list[Due]:
    """The user's own customers whose turn it is by this day, the higher level and the longer wait first. One query."""
    mine = select(Customer).where(Customer.owner_id == user.id, Customer.merged_into_id.is_(None))
    ordered = mine.where(is_his_turn(day)).order_by(
        Customer.level, Customer.next_step_on.is_(None), Customer.next_step_on, Customer.id
    )
    return [_due(customer) for customer in db.session.scalars(ordered.limit(most))]


def _due(customer: Customer) -> Due:
    if customer.next_step_on:
        return Due(customer, customer.next_step_on, True)
    return Due(customer, turn_by_rhythm(customer), False)


def near(user: User, latitude: float, longitude: float, most: int = 30) -> list[tuple[Customer, float]]:
    """The user's own customers nearest to this position (WGS 84 degrees), with the distance in metres. One query."""
    mine = select(Customer).where(Customer.owner_id == user.id, Customer.merged_into_id.is_(None), has_place())
    found = db.session.scalars(mine.order_by(away((latitude, longitude))).limit(most))
    placed = [(customer, distance_m((latitude, longitude), customer.place)) for customer in found if customer.place]
    return sorted(placed, key=lambda pair: pair[1])


def names_by_id(ids: Iterable[str]) -> dict[str, str]:
    """What one calls these customers, merged ones too. One query."""
    short = func.coalesce(func.nullif(Customer.short_name, ""), Customer.name)
    rows = db.session.execute(select(Customer.id, short).where(Customer.id.in_(set(ids))))
    return {customer_id: name for customer_id, name in rows}  # noqa: C416


def people_to_choose(user: User) -> list[User]:
    """Those to whom this user may give a customer: at work, in the field, and of those whose work he sees."""
    there = select(User).where(
        visible_to(user, User.id), User.disabled_at.is_(None), User.role.in_(("rep", "supervisor"))
    )
    return list(db.session.scalars(there.order_by(User.name)))
