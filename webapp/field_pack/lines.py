"""Which talk tracks a customer's pages show. They change when somebody else's use of a track has changed the ranking:
that is looked at once a day, and whenever a track is written or retired."""

import hashlib
from collections import defaultdict
from typing import NamedTuple, cast

from sqlalchemy import select, update

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.field_pack.marking import batches
from webapp.field_pack.models import Feed, PackItem
from webapp.foundation.db import db
from webapp.playbook.models import TalkTrack
from webapp.playbook.queries import best_line, tracks_for_report


class Asked(NamedTuple):
    """All of a customer that decides which tracks fit."""

    industry: str
    stage: str
    level: str
    has_complaint: bool

    @property
    def open_complaint(self) -> str:
        return "yes" if self.has_complaint else ""


def compare(user: User) -> None:
    """Mark the pages of those customers whom other tracks fit best now than when this was last asked."""
    cards = select(PackItem.subject, PackItem.line).where(PackItem.user_id == user.id, PackItem.kind == "card")
    held = {row.subject: row.line for row in db.session.execute(cards.where(PackItem.gone_at.is_(None)))}
    columns = (Customer.id, Customer.industry, Customer.stage, Customer.level, Customer.open_complaint != "")
    known: dict[Asked, str] = {}
    changed: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for id, *asked in db.session.execute(select(*columns).where(Customer.owner_id == user.id)):
        customer = Asked(*cast(tuple[str, str, str, bool], tuple(asked)))
        if customer not in known:
            known[customer] = _fitting(customer)
        if id in held and held[id] != known[customer]:
            changed[known[customer], held[id] == ""].append(id)
    number = Feed.raise_by()
    for (line, is_new), ids in changed.items():
        for some in batches(ids):
            _mark(user.id, some, line=line, **({} if is_new else {"number": number}))


def _mark(user_id: str, customer_ids: list[str], **values: str | int) -> None:
    """What was never compared is not sent again for it."""
    pages = (PackItem.user_id == user_id, PackItem.subject.in_(customer_ids), PackItem.gone_at.is_(None))
    shown = update(PackItem).where(*pages, PackItem.kind.in_(("card", "report", "hallway"))).values(values)
    db.session.execute(shown.execution_options(synchronize_session=False))


def _fitting(customer: Asked) -> str:
    """A digest of the tracks as the pages show them."""
    best = best_line(customer)  # type: ignore[arg-type]
    shown = [best, *tracks_for_report(customer)]  # type: ignore[arg-type]
    text = "\n".join(_words(track) for track in shown if track)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _words(track: TalkTrack) -> str:
    return f"{track.id} {track.title} {track.line} {track.situation}"
