"""What the changes of a transaction say about pages, as they are heard; they become numbers when all is known (marking)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from webapp.field_pack.shows import Shown
from webapp.foundation import clock
from webapp.visits.reminders import PROMISE_AHEAD

NEAR, ABOUT, SOON = timedelta(days=1), timedelta(days=3), timedelta(days=PROMISE_AHEAD)
"""Today and so many days after it are read most; the strip of a day's page, which shows what is planned on others; and so long
before a day its pages speak of what is due then."""
LATER = "later"
"""Among kinds of pages: his days, but none that is near."""


@dataclass
class Marks:
    """What the changes so far say about pages."""

    doors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lists: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    days: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    own: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    spans: set[tuple[str, date, date]] = field(default_factory=set)
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    all: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    belongs: dict[str, bool] = field(default_factory=lambda: defaultdict(bool))
    theirs: dict[str, bool] = field(default_factory=lambda: defaultdict(bool))
    lines: bool = False

    def __bool__(self) -> bool:
        parts = (self.doors, self.lists, self.days, self.own, self.seen, self.all, self.belongs, self.theirs)
        return self.lines or any(parts)

    def add(self, shown: Shown, row: Mapping[str, Any]) -> None:
        """A row that reads like this has changed, come or gone."""
        if (customer_id := row.get(shown.at)) is not None:
            if shown.door:
                self.doors[customer_id].update(shown.door)
            self.lists[customer_id].update(shown.lists)
            if days := _in_time(shown.days, shown, row):
                self.days[customer_id].update(days)
            if shown.theirs:
                self.theirs[customer_id] |= shown.moves
        if (user_id := row.get(shown.of)) is not None:
            self.own[user_id].update(_in_time(shown.own, shown, row))
            if day := row.get(shown.on):
                self.spans.add((user_id, day, day))
            if day := row.get(shown.about_day):
                self.spans.add((user_id, day - ABOUT, day + ABOUT))
            self.seen[user_id].update(shown.seen)
        if shown.all and (not shown.about or row.get(shown.about) is not None):
            self.all[str(row.get(shown.about) or "")].update(shown.all)
        if shown.belongs and (whose := "*" if shown.belongs == "*" else row.get(shown.belongs)):
            self.belongs[whose] |= shown.moves
        self.lines = self.lines or shown.lines


def _in_time(days: tuple[str, ...], shown: Shown, row: Mapping[str, Any]) -> tuple[str, ...]:
    """These kinds of days; only later, or not at all, where they show what is due, and that is far off, or open."""
    if not shown.due:
        return days
    due = row.get(shown.due)
    if due is None:
        return days if shown.undated else ()
    return days if due - SOON <= today() + NEAR else (LATER,)


def today() -> date:
    return clock.local(clock.here()).date()
