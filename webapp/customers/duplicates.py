"""Is it in the house already? The customers that somebody sees who look like the one he is about to write down."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from webapp.accounts.models import User
from webapp.customers.identity import name_key, phone_key, same_company
from webapp.customers.models import Contact, Customer
from webapp.foundation.db import db
from webapp.foundation.pinyin import like_all, score_order

MOST = 5


def alike(user: User, name: str, phones: Iterable[str | None], but: str = "") -> list[Customer]:
    """Those with the same name, but for its legal form, or with one of these phones, their people's included. One query."""
    digits = {key for phone in phones if (key := phone_key(phone))}
    called = select(Contact.customer_id).where(Contact.phone_key.in_(digits), Contact.left_at.is_(None))
    reached = or_(Customer.phone_key.in_(digits), Customer.id.in_(called))
    same = Customer.visible_to(user).where(or_(Customer.name_key == name_key(name), reached), Customer.id != but)
    found = db.session.scalars(same.options(joinedload(Customer.owner)).order_by(Customer.created_at).limit(MOST * 4))
    return [customer for customer in found if is_alike(customer, name, digits)][:MOST]


def is_alike(customer: Customer, name: str, digits: set[str]) -> bool:
    """太极集团 and 太极股份 have the same key and are two; whoever was found by a phone is alike in any case."""
    return customer.name_key != name_key(name) or customer.phone_key in digits or same_company(customer.name, name)


def candidates(user: User, customer: Customer, q: str) -> list[Customer]:
    """With which other file this one may be merged: what the search finds, or without one those that look alike. One query."""
    if not q:
        phones = [customer.phone, *(person.phone for person in customer.people)]
        return alike(user, customer.name, phones, but=customer.id)
    seen = Customer.visible_to(user).where(like_all(Customer.search_key, q), Customer.id != customer.id)
    ordered = seen.order_by(score_order(Customer.search_key, q), Customer.sort_key).options(joinedload(Customer.owner))
    return list(db.session.scalars(ordered.limit(MOST * 4)))
