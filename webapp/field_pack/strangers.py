"""A customer whom only the phone knows: written down on the road, and not here yet. What may be done with him on the phone
begins on pages that were rendered of a stranger; the phone puts in his id and what was written (service_worker/stranger.js)."""

from urllib.parse import parse_qs, urlsplit

from webapp.accounts.models import User
from webapp.customers.models import LEVELS, Customer
from webapp.foundation.db import db
from webapp.foundation.packing import STRANGER

HOLE = "⟦title⟧"


def is_of_one(url: str) -> bool:
    return STRANGER in url


def let_in(user: User, url: str) -> None:
    """A page of a stranger needs one: he is there while it is rendered, and the caller takes everything back. `?level=`"""
    if not is_of_one(url):
        return
    level = parse_qs(urlsplit(url).query).get("level", ["E"])[0]
    level = level if level in LEVELS else "E"
    db.session.add(
        Customer(id=STRANGER, owner_id=user.id, name=HOLE, level=level, stage="search", contacts=[], tags=[])
    )
    db.session.flush()
