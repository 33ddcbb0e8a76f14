"""How far each phone's outbox is in the last backup: up to which of its numbers it need not keep anything any more.

Stands in the file `durable.json` beside the data, not in the database, so that a restore knows what was safe before.
"""

import json
import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, func, select

from webapp.accounts.models import Device
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.outbox.models import Receipt

Phones = dict[str, dict[str, int]]
"""User's id → phone's name → number."""

STALE = timedelta(days=30)
"""After so long without a backup nobody relies on the next one: phones do as they do where there are none."""


def reached(connection: Connection) -> Phones:
    """What the database that is read here holds for certain: all that a phone has sent up to a moment when nothing older was
    left on it, but nothing from the first entry on whose photos are still coming."""
    wholly = select(Device.user_id, Device.phone_id, func.max(Device.settled_seq)).where(Device.phone_id != "")
    found: Phones = {}
    coming = _first_unfinished(connection)
    for user_id, phone, seq in connection.execute(wholly.group_by(Device.user_id, Device.phone_id)):
        found.setdefault(user_id, {})[phone] = max(0, min(int(seq), coming.get(phone, int(seq) + 1) - 1))
    return found


def _first_unfinished(connection: Connection) -> dict[str, int]:
    """By phone: the number of the first entry of which a photo or voice note is not there yet."""
    first: dict[str, int] = {}
    for table in (Receipt, Quarantined):
        numbers = select(table.device_id, func.min(table.seq)).join(Announced, Announced.entry_id == table.id)
        coming = numbers.where(Announced.complete_at.is_(None), table.device_id != "").group_by(table.device_id)
        for phone, seq in connection.execute(coming):
            first[phone] = min(int(seq), first.get(phone, int(seq)))
    return first


def remember(phones: Phones, made_at: datetime) -> None:
    """A backup made at that moment holds this much; the file is written whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=_path().parent, prefix=".durable-")
    with os.fdopen(descriptor, "w") as file:
        json.dump({"made_at": made_at.isoformat(), "phones": phones}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, _path())


def durable_for(user_id: str) -> dict[str, int]:
    """This user's phones with the last number that a backup holds, for the head of a pack; empty where there are no backups,
    so that phones go by their own calendar. A phone that no backup knows yet stands at 0: it keeps everything."""
    try:
        told = json.loads(_path().read_text())
    except FileNotFoundError:
        return {}
    if clock.now() - datetime.fromisoformat(told["made_at"]) > STALE:
        return {}
    phones = select(Device.phone_id).where(Device.user_id == user_id, Device.phone_id != "").distinct()
    return dict.fromkeys(db.session.scalars(phones), 0) | dict(told["phones"].get(user_id, {}))


def _path() -> Path:
    return Path(current_app.config["SETTINGS"].data) / "durable.json"
