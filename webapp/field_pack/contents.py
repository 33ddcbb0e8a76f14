"""The packing list of a phone: the addresses of the pages that its user needs without a signal."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.playbook.models import TalkTrack

DAYS_AHEAD = 14


def pages(user: User, today: date) -> Iterator[str]:
    """The days to come, one's own customers, the playbook and the lists, as paths."""
    yield from ("/customers", "/playbook", "/outbox", "/promises")
    for n in range(DAYS_AHEAD + 1):
        yield f"/days/{today + timedelta(days=n)}"
    mine = (
        select(Customer.id).where(Customer.owner_id == user.id, Customer.merged_into_id.is_(None)).order_by(Customer.id)
    )
    for customer_id in db.session.scalars(mine):
        yield f"/customers/{customer_id}"
    tracks = TalkTrack.visible_to(user).with_only_columns(TalkTrack.id).order_by(TalkTrack.id)
    for track_id in db.session.scalars(tracks):
        yield f"/playbook/{track_id}"
