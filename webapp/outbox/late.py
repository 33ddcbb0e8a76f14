"""Whoever was long without a signal is told once that what he wrote is here; in normal use nobody is told."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from webapp.foundation import clock
from webapp.foundation.facts import tell
from webapp.outbox.entries import Entry
from webapp.outbox.facts import LateArrival

LONG = timedelta(hours=4)


def tell_of_late_ones(user_id: str, entries: Iterable[Entry], answers: Iterable[dict[str, Any]]) -> None:
    """Count the reports of this batch that had been waiting on the phone for hours."""
    late = [
        entry
        for entry, answer in zip(entries, answers, strict=True)
        if entry.action.endswith("/reports")
        and answer["result"] == "accepted"
        and clock.here() - (entry.done_at or clock.here()) >= LONG
    ]
    if late:
        tell(LateArrival(user_id, len(late)))
