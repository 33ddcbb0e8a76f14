"""How long it may be believed that something is still so: a birthday for ever, a supplier for a season."""

from datetime import date, timedelta

HALF_LIFE: dict[str, int | None] = {
    "hobby": 540,
    "reading": 180,
    "style": 540,
    "admires": 720,
    "office": 240,
    "desk": 120,
    "taste": 365,
    "occasion": None,
    "channel": 270,
    "supplier": 90,
}
"""Category → days after which every other one of its kind is no longer so; None: it does not age."""
SURENESS = {"seen": 1.0, "told": 1.0, "heard": 0.6, "guessed": 0.35}
"""How sure somebody was → what that leaves of the days."""


def stale_on(category: str, sureness: str, noticed_on: date, confirmed_on: date | None = None) -> date | None:
    """From which day on it may be out of date; None: never. What somebody looked at again counts as seen."""
    days = HALF_LIFE.get(category)
    if days is None:
        return None
    if confirmed_on is not None and confirmed_on >= noticed_on:
        return confirmed_on + timedelta(days=days)
    return noticed_on + timedelta(days=round(days * SURENESS.get(sureness, 1.0)))
