"""Whose data need not be kept any longer: the people who come up, why, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.privacy.models import KeptOn, Term

AT_ONCE = 50


@dataclass(frozen=True)
class Due:
    contact: Contact
    kind: str
    since: datetime


def due(user: User) -> tuple[list[Due], int]:
    """The first of those whom this user may see, who have waited longest first, and how many there are. Two queries."""
    wanted = _due(visible_to(user, Customer.owner_id))
    if wanted is None:
        return [], 0
    total = db.session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    rows = db.session.execute(wanted.order_by(_since(), Contact.id).limit(AT_ONCE)).all()
    return [Due(*row) for row in rows], total


def owners(living_there: ColumnElement[bool]) -> list[str]:
    """Those who have somebody to decide about."""
    wanted = _due(living_there)
    if wanted is None:
        return []
    of = wanted.join(User, User.id == Customer.owner_id).with_only_columns(
        Customer.owner_id, maintain_column_froms=True
    )
    return list(db.session.scalars(of.distinct()))


def _since() -> ColumnElement[datetime]:
    """Since when he need not be kept: the reason that came first."""
    return case(
        (Contact.consent == "refused", Contact.consent_at),
        (Contact.left_at.is_not(None), Contact.left_at),
        else_=func.coalesce(Customer.last_contact_at, Contact.created_at),
    )


def _due(whose: ColumnElement[bool]) -> Select[Contact, str, datetime] | None:
    conditions = {kind: _is(kind, months) for kind, months in Term.all().items() if months}
    if not conditions:
        return None
    why = case(*((conditions[kind], kind) for kind in ("refused", "left", "silent") if kind in conditions))
    wanted = select(Contact, why, _since()).join(Customer, Customer.id == Contact.customer_id)
    kept = select(KeptOn.contact_id).where(KeptOn.contact_id == Contact.id, KeptOn.until > clock.today())
    wanted = wanted.options(contains_eager(Contact.customer))
    return wanted.where(whose, Customer.merged_into_id.is_(None), or_(*conditions.values()), ~kept.exists())


def _is(kind: str, months: int) -> ColumnElement[bool]:
    before = Term.since(months)
    if kind == "refused":
        return and_(Contact.consent == "refused", Contact.consent_at < before)
    if kind == "left":
        return Contact.left_at < before
    return and_(func.coalesce(Customer.last_contact_at, Contact.created_at) < before, Contact.created_at < before)
