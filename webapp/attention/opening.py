"""The best opener of each of many people, for the pages that name them all."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.attention import queries
from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact
from webapp.foundation.db import db
from webapp.foundation.proving import proved


def best_openers(people: Iterable[Contact]) -> dict[str, str]:
    """Contact id → the opener that has proved itself best with him, else the freshest; what may be out of date comes last,
    and of whom nothing may be said there is none. One query."""
    noticed = select(AttentionItem).where(AttentionItem.contact_id.in_([person.id for person in people]))
    noticed = noticed.where(AttentionItem.retired_at.is_(None), AttentionItem.opener != "")
    known = db.session.scalars(noticed.options(joinedload(AttentionItem.contact)))
    found: dict[str, str] = {}
    for item in sorted((item for item in known if item.may_be_shown and queries.may_open(item)), key=_rank):
        found.setdefault(item.contact_id or "", item.opener)
    return found


def _rank(item: AttentionItem) -> tuple[bool, float, int]:
    return item.is_stale, -proved(item.worked + item.half / 2, item.used), -item.known_on.toordinal()
