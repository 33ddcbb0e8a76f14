"""The packing list of a phone: the pages that its user needs without a signal, in the order in which he will miss them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.playbook.models import TalkTrack

DAYS_AHEAD = 14
"""After today."""

LISTS = {
    "customers": "/customers",
    "playbook": "/playbook",
    "outbox": "/outbox",
    "promises": "/promises",
    "reports": "/reports",
    "new": "/customers/new",
    "new_report": "/new-report",
    "inbox": "/inbox",
    "settings": "/settings",
    "install": "/install",
    "offline": "/offline",
}
"""Kind → the one page of its kind that everybody carries."""

CARD = "/customers/{}"
FORMS = {
    "report": "/customers/{}/reports/new",
    "hallway": "/customers/{}/reports/new?mode=hallway",
    "attention": "/customers/{}/attention/new",
    "promise": "/customers/{}/promises/new",
    "contact": "/customers/{}/contacts/new",
    "note": "/customers/{}/notes/new",
    "step": "/customers/{}/next-step",
    "level": "/customers/{}/level",
}
"""Kind → the forms that start at a customer's door."""

OF_CUSTOMER = {"card": CARD, **FORMS}


class Page(NamedTuple):
    url: str
    kind: str
    subject: str = ""


def pages(user: User, today: date) -> Iterator[Page]:
    """All that this person's phone is to carry today. Two queries."""
    for n in range(DAYS_AHEAD + 1):
        day = (today + timedelta(days=n)).isoformat()
        yield Page(f"/days/{day}", "day", day)
        if n == 0:
            yield Page(f"/days/{day}/report", "daily", day)
    for kind, url in LISTS.items():
        yield Page(url, kind)
    mine = select(Customer.id).where(Customer.owner_id == user.id, Customer.merged_into_id.is_(None))
    ids = list(db.session.scalars(mine.order_by(Customer.next_step_on.is_(None), Customer.next_step_on, Customer.id)))
    yield from (Page(CARD.format(id), "card", id) for id in ids)
    tracks = TalkTrack.visible_to(user).with_only_columns(TalkTrack.id).order_by(TalkTrack.id)
    yield from (Page(f"/playbook/{id}", "track", id) for id in db.session.scalars(tracks))
    yield from (Page(url.format(id), kind, id) for id in ids for kind, url in FORMS.items())
