"""The chips over a list of customers: each is the address of the list that it opens."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.counts import Counts
from webapp.customers.filters import Filters
from webapp.customers.models import LEVELS
from webapp.customers.words import STAGES
from webapp.foundation.db import db
from webapp.foundation.i18n import _


@dataclass(frozen=True)
class Chip:
    """A second tap on an open chip takes its filter away."""

    text: str
    href: str
    open: bool


def chips(filters: Filters, counts: Counts) -> list[Chip]:
    """What is due and what has no next step, then the levels that there are, each with its number."""
    due = [(_("该跟进"), "week"), (_("没下一步"), "none")]
    if filters.due in ("overdue", "today"):
        due[0] = ({"overdue": _("过期了"), "today": _("今天")}[filters.due], filters.due)
    by_due = [_chip(filters, "due", when, text, counts.due(when, filters.level)) for text, when in due]
    there = [letter for letter in LEVELS if counts.level(letter) or letter == filters.level]
    return by_due + [_chip(filters, "level", letter, letter, counts.level(letter, filters.due)) for letter in there]


def _chip(filters: Filters, name: str, value: str, text: str, number: int) -> Chip:
    is_open = getattr(filters, name) == value
    spaced = f"{text} {number}" if text[-1].isascii() else f"{text}{number}"
    return Chip(spaced, url_for("customers.index", **filters.args(**{name: "" if is_open else value})), is_open)


def narrowed(filters: Filters, user: User) -> list[Chip]:
    """The filters that were set on the page of all filters; a tap takes one away."""
    texts = {
        "stage": str(STAGES.get(filters.stage, "")),
        "industry": filters.industry,
        "area": filters.area,
        "tag": filters.tag and f"#{filters.tag}",
        "owner": _name_of(filters.owner, user),
    }
    set_ones = {name: text for name, text in texts.items() if text}
    return [
        Chip(text, url_for("customers.index", **filters.args(**{name: ""})), True) for name, text in set_ones.items()
    ]


def _name_of(user_id: str, user: User) -> str:
    """The name of a person whose customers this user may see; of another one, nothing is told."""
    seen = select(User.name).where(User.id == user_id, visible_to(user, User.id))
    return (db.session.scalar(seen) or "—") if user_id else ""
