"""What a phone sends, as it kept it: one form is one entry; a batch is read whole before any of it is taken in.

The contract is docs/protocol.md.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from webapp.accounts.models.device import count_of
from webapp.foundation import at_hand, clock
from webapp.foundation.db import as_id

PROTOCOL = 1
MOST_ENTRIES = 100
MOST_BYTES = 256 * 1024
OLDEST, SLACK = timedelta(days=60), timedelta(minutes=2)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

_successors: list[Callable[[str], str | None]] = []


def succeeded_by(successor: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Register who knows which id stands today for an id of before (a merged customer's), or None."""
    _successors.append(successor)
    return successor


@dataclass
class Entry:
    """One form as the phone kept it."""

    id: str
    action: str
    fields: list[tuple[str, str]]
    scope: str = ""
    seq: int = 0
    attachments: list[dict[str, Any]] = field(default_factory=list)
    made_at: str = ""
    done_at: datetime | None = None
    build: str = ""
    device: str = ""

    @property
    def path(self) -> str:
        return urlsplit(self.action).path

    @property
    def customer_id(self) -> str:
        """The customer that its address names, as things stand today; empty if it names none."""
        found = UUID.search(urlsplit(current_address(self.action)).path)
        return found.group() if found else ""


class Malformed(Exception):
    """The batch is not of this protocol; its text says what is wrong."""


def read(batch: Any) -> list[Entry]:
    """The entries of a batch; raises Malformed."""
    if not isinstance(batch, dict) or batch.get("protocol") != PROTOCOL or as_id(batch.get("batch_id")) is None:
        raise Malformed("protocol")
    entries = batch.get("entries")
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise Malformed("entries")
    return these(entries, _ahead(batch.get("now")))


def these(entries: list[Any], ahead: timedelta = timedelta(0)) -> list[Entry]:
    """Entries as a phone spells them whose clock is `ahead` of ours; raises Malformed."""
    try:
        sent = [_entry(one) for one in entries]
    except (TypeError, ValueError) as error:
        raise Malformed("entry") from error
    for entry in sent:
        entry.done_at = moment_of(entry.made_at, ahead)
    return sent


def moment_of(made_at: str, ahead: timedelta = timedelta(0)) -> datetime | None:
    """When something was done of which a phone says `made_at` (ISO), its clock being `ahead` of ours; None if that cannot
    be: yet to come, longer ago than phones carry anything, or no time at all."""
    done = _time(made_at)
    if done is None:
        return None
    done, here = done - ahead, clock.here()
    if not here - OLDEST <= done <= here + SLACK:
        return None
    return min(done, here)


def _ahead(phones_now: Any) -> timedelta:
    """How far the phone's clock is ahead of ours, by what it says that it is now."""
    told = _time(phones_now)
    return told - clock.here() if told else timedelta(0)


def _time(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _entry(one: Any) -> Entry:
    if not isinstance(one, dict) or (known := as_id(str(one.get("id")))) is None:
        raise Malformed("entry")
    fields = [(str(name), str(value)) for name, value in one.get("fields") or []]
    action = str(one.get("action", ""))
    if not action.startswith("/") or action.startswith("//"):
        raise Malformed("action")
    known_parts = {name: one[name] for name in ("scope", "made_at", "build") if isinstance(one.get(name), str)}
    return Entry(
        known,
        action,
        fields,
        seq=count_of(one.get("seq")),
        attachments=list(one.get("attachments") or []),
        **known_parts,
    )


def current_address(action: str) -> str:
    """The address as it is now: customers that were merged answer under the id of the one that was kept."""
    return UUID.sub(lambda found: _kept(found.group()), action)


def _kept(some_id: str) -> str:
    if at_hand.has("customer", some_id):
        return some_id
    return next((kept for successor in _successors if (kept := successor(some_id))), some_id)
