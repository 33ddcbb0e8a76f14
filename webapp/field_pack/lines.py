"""Which talk tracks a customer's pages show. They change when somebody else's use of a track has changed the ranking:
that is looked at once a day, and whenever a track is written or retired."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select, update

from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.field_pack.marking import batches
from webapp.field_pack.models import Feed, PackItem
from webapp.foundation.db import db
from webapp.playbook.asking import Asking, tried
from webapp.playbook.models import Kind, TalkTrack
from webapp.playbook.standing import ENOUGH, ROLES
from webapp.playbook.suggesting import Suggestion, suggestion, tracks_for_report, tracks_of
from webapp.visits.putting_off import heard_last


def compare(user: User) -> None:
    """Mark the pages of those customers whom other tracks fit best now than when this was last asked."""
    cards = select(PackItem.subject, PackItem.line).where(PackItem.user_id == user.id, PackItem.kind == "card")
    held = {row.subject: row.line for row in db.session.execute(cards.where(PackItem.gone_at.is_(None)))}
    known: dict[Asking, str] = {}
    changed: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for id, customer in _customers(user):
        if customer not in known:
            known[customer] = _fitting(customer)
        if id in held and held[id] != known[customer]:
            changed[known[customer], held[id] == ""].append(id)
    number = Feed.raise_by()
    for (line, is_new), ids in changed.items():
        for some in batches(ids):
            _mark(user.id, some, line=line, **({} if is_new else {"number": number}))


def _customers(user: User) -> Iterator[tuple[str, Asking]]:
    """(id, what is asked of the playbook) of each. Four queries and one for each few hundred."""
    mine = Customer.owner_id == user.id
    has_complaint = Customer.open_complaint != ""
    columns = (Customer.id, Customer.stage, Customer.level, Customer.industry, has_complaint)
    rows = db.session.execute(select(*columns).where(mine)).all()
    there = select(Contact.customer_id, Contact.decision_role).join(Customer).where(mine, Contact.left_at.is_(None))
    roles: dict[str, set[str]] = defaultdict(set)
    for customer_id, role in db.session.execute(there):
        roles[customer_id].add(role)
    heard = heard_last(user.id)
    unfit = {id: sets for some in batches(row.id for row in rows) for id, sets in tried(some).items()}
    for id, stage, level, industry, complaint in rows:
        role = next((role for role in ROLES if role in roles[id]), "")
        kind = Kind(level, (industry or "").strip(), role)
        yield id, Asking(stage or "", kind, bool(complaint), heard.get(id, ()), **unfit.get(id, {}))


def _mark(user_id: str, customer_ids: list[str], **values: str | int) -> None:
    """What was never compared is not sent again for it."""
    pages = (PackItem.user_id == user_id, PackItem.subject.in_(customer_ids), PackItem.gone_at.is_(None))
    shown = update(PackItem).where(*pages, PackItem.kind.in_(("card", "report", "hallway", "spin"))).values(values)
    db.session.execute(shown.execution_options(synchronize_session=False))


def _fitting(of: Asking) -> str:
    """A digest of the tracks as the pages show them."""
    best = suggestion(of)
    lines = [line for line in (best, best and best.next) if line]
    why = " ".join(f"{_about(line)} {line.answers}" for line in lines)
    shown = [*(line.track for line in lines), *tracks_for_report(of)]
    asked = [f"{track.id} {track.version}" for track in tracks_of(of, "spin")[:1]]
    text = "\n".join([why, *asked, *map(_words, shown)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _about(best: Suggestion) -> str:
    """How it went, as far as a carried card says so."""
    went = best.went.outcomes
    return f"{best.went.alike} {round(10 * went.worked / went.total)}" if went.total >= ENOUGH else ""


def _words(track: TalkTrack) -> str:
    return f"{track.id} {track.title} {track.line} {track.situation}"
