"""What a list of customers is asked for: the words of its address, understood or ignored, never an error."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists

from webapp.customers.models import LEVELS, Customer, Tag
from webapp.customers.words import STAGES
from webapp.foundation import clock
from webapp.foundation.db import as_id
from webapp.foundation.pages import clean
from webapp.foundation.pinyin import like_all

DUE = ("overdue", "today", "week", "none")
SORTS = ("due", "name", "recent", "nearby")
NAMES = ("q", "level", "stage", "due", "industry", "area", "tag", "owner", "sort", "plan", "choosing")
LAST_PAGE = 10_000
ON_THE_GLOBE = {"latitude": 90, "longitude": 180}


@dataclass(frozen=True)
class Filters:
    """`due` 'week' is all that is due by Sunday, overdue and today's included. `place`: (latitude, longitude).

    `plan`: the list is opened to add customers to the plan of that day. `choosing`: to choose several of them.
    """

    q: str = ""
    level: str = ""
    stage: str = ""
    due: str = ""
    industry: str = ""
    area: str = ""
    tag: str = ""
    owner: str = ""
    sort: str = ""
    place: tuple[float, float] | None = None
    plan: str = ""
    choosing: str = ""
    page: int = 1

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        """From the arguments of an address; what makes no sense is as if it were not there."""
        said = {name: clean(asked.get(name))[:200] for name in ("q", "industry", "area", "tag")}
        return cls(
            **said,
            level=_one_of(LEVELS, asked.get("level")),
            stage=_one_of(STAGES, asked.get("stage")),
            due=_one_of(DUE, asked.get("due")),
            owner=as_id(asked.get("owner")) or "",
            sort=_one_of(SORTS, asked.get("sort")),
            place=_place(asked),
            plan=_day(asked.get("plan")),
            choosing="1" if asked.get("choosing") else "",
            page=_page(asked.get("page")),
        )

    def args(self, **changes: Any) -> dict[str, Any]:
        """The arguments of the address of this list, or of one that differs; a new list begins at its first page."""
        other = replace(self, **{"page": 1, **changes})
        said: dict[str, Any] = {name: getattr(other, name) for name in NAMES if getattr(other, name)}
        if other.place:
            said["lat"], said["lng"] = other.place
        return said | ({"page": other.page} if other.page > 1 else {})

    @property
    def plan_day(self) -> date | None:
        return date.fromisoformat(self.plan) if self.plan else None

    @property
    def order(self) -> str:
        """The order that is wanted, or the usual one: by what is due."""
        if self.sort == "nearby" and not self.place:
            return "due"
        return self.sort or "due"

    @property
    def in_groups(self) -> bool:
        """Whether the list falls into what is overdue, today's, this week's…"""
        return not self.q and self.order == "due"

    def conditions(self) -> list[ColumnElement[bool]]:
        return [*self.base(), *self.level_and_due(), *([like_all(Customer.search_key, self.q)] if self.q else [])]

    def base(self) -> list[ColumnElement[bool]]:
        """What narrows the list and its counts alike."""
        same = [(name, getattr(self, name)) for name in ("stage", "industry", "area")] + [("owner_id", self.owner)]
        narrow: list[ColumnElement[bool]] = [getattr(Customer, name) == value for name, value in same if value]
        if self.tag:
            narrow.append(exists().where(Tag.customer_id == Customer.id, Tag.word == self.tag))
        return narrow

    def level_and_due(self) -> list[ColumnElement[bool]]:
        narrow: list[ColumnElement[bool]] = [Customer.level == self.level] if self.level else []
        if self.due:
            narrow.append(is_due(self.due, clock.today()))
        return narrow


def is_due(when: str, today: date) -> ColumnElement[bool]:
    """The condition for one of DUE on a given day."""
    on = Customer.next_step_on
    if when == "none":
        return on.is_(None)
    return {"overdue": on < today, "today": on == today, "week": on <= end_of_week(today)}[when]


def end_of_week(day: date) -> date:
    """The Sunday of this week."""
    return day + timedelta(days=6 - day.weekday())


def has_place() -> ColumnElement[bool]:
    return and_(Customer.latitude.is_not(None), Customer.longitude.is_not(None))


def _one_of(known: Any, text: str | None) -> str:
    return text if text and text in known else ""


def _page(text: str | None) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1


def _day(text: str | None) -> str:
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        return ""


def _place(asked: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        latitude = float(asked.get("lat") or asked.get("latitude") or "")
        longitude = float(asked.get("lng") or asked.get("longitude") or "")
    except ValueError:
        return None
    on_the_globe = abs(latitude) <= ON_THE_GLOBE["latitude"] and abs(longitude) <= ON_THE_GLOBE["longitude"]
    return (latitude, longitude) if on_the_globe else None
