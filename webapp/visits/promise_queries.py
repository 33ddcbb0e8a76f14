"""Promises as lists need them: what heads a door card, and what one still owes or is owed."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.visits.models import Promise

A_PAGE = 50


def open_promises(customer_id: str) -> list[Promise]:
    """What was promised at this customer and is not settled; ours first, what is due first, undated last. One query."""
    waiting = select(Promise).where(Promise.customer_id == customer_id, Promise.state == "open")
    ordered = waiting.order_by(Promise.direction, Promise.due_on.is_(None), Promise.due_on, Promise.made_at)
    return list(db.session.scalars(ordered.options(joinedload(Promise.contact))))


def promises_page(user: User, settled: bool = False, page: int = 1) -> tuple[list[Promise], bool]:
    """One page of what was promised where this user may look, and whether there is more. One query.

    What is open comes by its day, undated last; what was settled comes latest first.
    """
    wanted = Promise.visible_to(user).where(Promise.state != "open" if settled else Promise.state == "open")
    order = (
        (Promise.settled_at.desc(), Promise.id)
        if settled
        else (Promise.due_on.is_(None), Promise.due_on, Promise.made_at)
    )
    shown = wanted.options(joinedload(Promise.customer), joinedload(Promise.by), joinedload(Promise.contact))
    found = list(db.session.scalars(shown.order_by(*order).offset((page - 1) * A_PAGE).limit(A_PAGE + 1)))
    return found[:A_PAGE], len(found) > A_PAGE
