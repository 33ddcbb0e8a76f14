"""How a page that is packed for a phone differs from the one that is answered at once: it will be read days later and
more than once, so what is born anew each time, and what hangs on the day, stands in it as a placeholder.

The worker fills these in whenever it serves the page (docs/protocol.md, "Placeholders"):
`00000000-0000-4000-8000-000000000000` a fresh id, one a form · `0000-00-00` the phone's today · `0000-00-00~2d` so many
days later · `0000-00-00~w5` the Friday of next week · `0000-00-00~m` the same day of the next month, or its last.
"""

import hashlib
from datetime import date, timedelta

from flask import g, has_app_context

from webapp.foundation import clock
from webapp.foundation.db import new_id
from webapp.foundation.i18n import _

BLANK_ID = "00000000-0000-4000-8000-000000000000"
STRANGER = "00000000-0000-4000-8000-000000000001"
"""The id of a customer whom only the phone knows yet, in the pages that are packed for such."""
TODAY = "0000-00-00"


def is_packing() -> bool:
    """Whether the page that is being rendered goes into somebody's field pack."""
    return has_app_context() and bool(g.get("packing"))


def is_casting() -> bool:
    """Whether a page is rendered for what all such pages have in common: nothing of the day, and none of the talk tracks."""
    return has_app_context() and bool(g.get("casting"))


def form_id() -> str:
    """The id of the next form on this page."""
    return BLANK_ID if is_packing() else new_id()


def ahead(days: int) -> str:
    """The day so many days from the one on which the page is read, as ISO writes it."""
    return f"{TODAY}~{days}d" if is_packing() else (clock.today() + timedelta(days=days)).isoformat()


def date_chips() -> list[tuple[str, str]]:
    """The days that one may tap on a page that is read days later: no weekday's name hangs on the day of packing."""
    return [
        (f"{TODAY}~1d", _("明天")),
        (f"{TODAY}~2d", _("后天")),
        (f"{TODAY}~w2", _("下周二")),
        (f"{TODAY}~w5", _("下周五")),
        (f"{TODAY}~m", _("一个月后")),
    ]


def as_today(day: date) -> str:
    """A day that is meant as «the day on which this is written»."""
    return TODAY if is_packing() and day == clock.today() else day.isoformat()


def mark(user_id: str | None) -> str:
    """Which of the phone's databases is whose, without naming anybody; empty for nobody."""
    return hashlib.sha256(user_id.encode()).hexdigest()[:16] if user_id else ""
