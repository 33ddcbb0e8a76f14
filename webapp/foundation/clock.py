"""The only place that asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context
from flask_login import current_user

_frozen: datetime | None = None
_deed: ContextVar[datetime | None] = ContextVar("deed", default=None)


def now() -> datetime:
    """This moment, aware, in UTC; while a phone's entry is taken in, the moment at which its author wrote it."""
    return _deed.get() or here()


def here() -> datetime:
    """This moment in this house, also while something is taken in that was written earlier."""
    return _frozen or datetime.now(UTC)


@contextmanager
def at_the_time_of(deed: datetime | None) -> Iterator[None]:
    """Whoever asks meanwhile is told the moment of this deed; None leaves the clock as it is."""
    token = _deed.set(deed)
    try:
        yield
    finally:
        _deed.reset(token)


def freeze(moment: datetime | None) -> None:
    """For tests and demo data: let this be now, until freeze(None)."""
    global _frozen
    _frozen = moment


def zone() -> ZoneInfo:
    """The zone of the person who asks, or the house's own."""
    name = getattr(current_user, "zone", None) if has_app_context() else None
    return ZoneInfo(name or current_app.config["SETTINGS"].default_zone)


def today() -> date:
    """The date on the wall of the person who asks."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(zone())


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The two UTC moments between which this day lies for the person who asks (the second is excluded)."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone())
    end = start + timedelta(days=1)
    return start.astimezone(UTC), end.astimezone(UTC)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour on that day in the asker's zone, as UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone()).astimezone(UTC)
