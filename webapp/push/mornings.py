"""What the clock tells: every morning, in each zone where people of this house live, the rooms say what the day brings.

A room registers its work with `@every_morning`; it is called with the day and the zone inside a transaction, tells by
`notify(…, key=<day>)`, and may be called twice.
"""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, func, select, true

from webapp.accounts.models import User
from webapp.foundation import clock, later
from webapp.foundation.db import db
from webapp.outbox import gate

EARLIEST = 7
"""The hour, on the wall of that zone."""

Morning = Callable[[date, ColumnElement[bool]], None]
_mornings: dict[str, Morning] = {}


def every_morning(tell: Morning) -> Morning:
    """Call this once a day and zone with the day and the condition of being a user who lives by that zone."""
    _mornings[later.name_of(tell)] = tell
    return tell


def look_at_the_clock() -> None:
    """Wherever it is morning by now, put the day's work off; once for a zone and day, whoever looks."""
    house = current_app.config["SETTINGS"].default_zone
    zones = {zone or house for zone in db.session.scalars(select(User.zone).distinct())}
    for zone in sorted(zones):
        here = clock.here().astimezone(ZoneInfo(zone))
        if here.hour >= EARLIEST:
            for name in _mornings:
                later.put_off_once(begin_the_day, name, here.date().isoformat(), zone)


def tell_all(day: date) -> None:
    """What this day brings to everybody, in the caller's transaction."""
    for tell in _mornings.values():
        tell(day, true())


@later.work
def begin_the_day(name: str, day: str, zone: str) -> None:
    house = current_app.config["SETTINGS"].default_zone
    living_by_it = func.coalesce(func.nullif(User.zone, ""), house) == zone
    with gate.transaction():
        _mornings[name](date.fromisoformat(day), living_by_it)


later.every_minute.append(look_at_the_clock)
