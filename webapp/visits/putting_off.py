"""With what a customer put us off when one was there last."""

from collections.abc import Sequence

from sqlalchemy import func, select

from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.visits.models import Report


def heard_in(reports: Sequence[Report]) -> tuple[str, ...]:
    """The codes of the first of these reports; empty if nobody was put off."""
    return _codes(reports[0].objections) if reports else ()


def _codes(objections: list[str] | None) -> tuple[str, ...]:
    return tuple(code for code in objections or () if code != "none")


def heard_last(owner_id: str) -> dict[str, tuple[str, ...]]:
    """Customer id → the same, of all customers of this person. One query."""
    newest = func.row_number().over(
        partition_by=Report.customer_id, order_by=(Report.day.desc(), Report.filed_at.desc())
    )
    rows = select(Report.customer_id, Report.objections, newest.label("n")).join(
        Customer, Customer.id == Report.customer_id
    )
    latest = rows.where(Customer.owner_id == owner_id).subquery()
    found = select(latest.c.customer_id, latest.c.objections).where(latest.c.n == 1)
    return {id: _codes(objections) for id, objections in db.session.execute(found) if _codes(objections)}
