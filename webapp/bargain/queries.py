"""What was given and asked for at one customer, and what waits for a decision."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.bargain.models import Concession
from webapp.foundation.db import db

LATEST = 6


def of_customer(customer_id: str, but: str = "") -> list[Concession]:
    """The latest first; what was withdrawn is left out. One query."""
    mine = select(Concession).where(
        Concession.customer_id == customer_id, Concession.state != "withdrawn", Concession.id != but
    )
    latest = mine.order_by(Concession.at.desc(), Concession.id).options(joinedload(Concession.by))
    return list(db.session.scalars(latest.limit(LATEST)))


def waiting_for(user: User) -> Any:
    """What people whom this user leads want to give and may not decide, the one that has waited longest first."""
    asked = select(Concession).where(Concession.state == "handed_in", Concession.by_id != user.id)
    return asked.where(visible_to(user, Concession.by_id)).order_by(Concession.handed_in_at, Concession.id)
