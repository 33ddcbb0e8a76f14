"""Figures that stand somewhere already, to begin a comparison with: what one reckoned of late, and the library's products."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.foundation.typed_fields import yuan
from webapp.playbook.models import Attribute, Product
from webapp.worth.forms import ROWS, said_of, typed_of
from webapp.worth.models import Comparison

RECENT, MINE, PAIRS = 12, 3, 6
LIFE = {"寿命", "使用寿命", "壽命", "life"}
HOURS = {"小时", "小時", "h", "hour", "hours"}
"""How a library calls the life of a thing."""


@dataclass(frozen=True)
class Start:
    """`said`: what a form is opened with (forms.said_of)."""

    key: str
    said: dict[str, Any]

    @property
    def label(self) -> str:
        return " · ".join(filter(None, (self.said["title"], self.said["rival"])))

    @property
    def typed(self) -> dict[str, str]:
        """Field → what one would type into it."""
        return typed_of(self.said)


def starts(user: User) -> list[Start]:
    """One of each thing, his own figures before the library's. Four queries at most."""
    found: dict[str, Start] = {}
    for start in (*_mine(user), *_pairs(user)):
        found.setdefault(start.label, start)
    return list(found.values())


def chosen(user: User, key: str | None) -> dict[str, Any]:
    """The figures of the start that goes by this key; empty if there is none."""
    return next((start.said for start in starts(user) if start.key == key), {}) if key else {}


def _mine(user: User) -> list[Start]:
    newest = select(Comparison).where(Comparison.by_id == user.id).order_by(Comparison.at.desc()).limit(RECENT)
    found: dict[tuple[str, str], Start] = {}
    for one in db.session.scalars(newest):
        said = said_of(one.title, one.rival, one.now.as_sums, one.now.rows)
        found.setdefault((one.title, one.rival), Start(one.id, said))
    return list(found.values())[:MINE]


def _pairs(user: User) -> list[Start]:
    """Each product of ours beside each of its rivals."""
    kept = Product.visible_to(user).where(Product.retired_at.is_(None)).order_by(Product.group, Product.name)
    products = list(db.session.scalars(kept))
    ours, others = ([one for one in products if one.is_ours is side] for side in (True, False))
    pairs = [(mine, his) for mine in ours for his in others if his.group == mine.group]
    return [Start(f"{mine.id}~{his.id}", _of_pair(mine, his)) for mine, his in pairs[:PAIRS]]


def _of_pair(mine: Product, his: Product) -> dict[str, Any]:
    said: dict[str, Any] = {"title": mine.group[:60], "rival": his.name[:40], "rows": list(_rows(mine, his))[:ROWS]}
    for side, product in (("ours", mine), ("theirs", his)):
        life = next((one.number for one in product.attributes if _is_life(one)), None)
        said |= {f"{side}_price": product.price_cents, f"{side}_life": None if life is None else int(life)}
    return said


def _is_life(one: Attribute) -> bool:
    return one.name.lower() in LIFE and one.unit.lower() in HOURS and one.number is not None


def _rows(mine: Product, his: Product) -> Iterator[dict[str, Any]]:
    """What no field of the form asks for."""
    for name, ours, theirs in mine.paired(his):
        known = [one for one in (ours, theirs) if one is not None]
        if not any(_is_life(one) for one in known):
            worth = next((one.cents_per_unit for one in known if one.cents_per_unit is not None), None)
            row = {"name": name, "unit": known[0].unit, "ours": _written(ours), "theirs": _written(theirs)}
            yield {**row, "cents_per_unit": worth, "worth": yuan(worth)}


def _written(one: Attribute | None) -> str:
    if one is None:
        return ""
    return one.text if one.number is None else f"{one.number:.6f}".rstrip("0").rstrip(".")
