"""How often one comes: the relation to a customer sets it (DOMAIN.md §7). It says whose turn it is, and who was seen too
lately to be called on again without a reason."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_

from webapp.customers.models import Customer
from webapp.customers.words import RHYTHM_DAYS
from webapp.foundation import clock

AS_OFTEN_AS_NEEDED = "just_sold"
"""Who has just bought is looked after at once; nobody comes too often to him."""


def turn_by_rhythm(customer: Customer) -> date:
    """The day on which the rhythm of the relation asks for the next contact."""
    last = clock.local(customer.last_contact_at or customer.created_at).date()
    return last + timedelta(days=RHYTHM_DAYS[customer.relation])


def too_soon(customer: Customer, day: date) -> date | None:
    """The day from which a contact fits the rhythm again, if this day lies before it."""
    if customer.last_contact_at is None or customer.relation == AS_OFTEN_AS_NEEDED:
        return None
    turn = turn_by_rhythm(customer)
    return turn if day < turn else None


def is_his_turn(day: date) -> ColumnElement[bool]:
    """A next step was planned for this day or before, or none was and the rhythm asks for one."""
    return or_(Customer.next_step_on <= day, and_(Customer.next_step_on.is_(None), _has_waited(day)))


def may_be_called_on(day: date) -> ColumnElement[bool]:
    """Nobody was in touch for as long as the rhythm wants, or ever."""
    return or_(Customer.last_contact_at.is_(None), Customer.relation == AS_OFTEN_AS_NEEDED, _has_waited(day))


def _has_waited(day: date) -> ColumnElement[bool]:
    last = func.coalesce(Customer.last_contact_at, Customer.created_at)
    return or_(
        *(
            and_(Customer.relation == relation, last < clock.day_bounds(day - timedelta(days=days))[1])
            for relation, days in RHYTHM_DAYS.items()
        )
    )
