"""The ledger of erasures: a line each, ids and digests only, in the file `erasures.jsonl` beside the data and not in the
database, so that a backup that still knows somebody cannot bring him back. It is replayed after every restore."""

import json
import os
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from webapp.foundation.db import db
from webapp.privacy.models import Erased, ErasedName, Erasure


def path() -> Path:
    return Path(current_app.config["SETTINGS"].data) / "erasures.jsonl"


def lines() -> list[dict[str, Any]]:
    """All erasures, oldest first; a last line that was cut off is none."""
    try:
        found = path().read_text().splitlines()
    except FileNotFoundError:
        return []
    return [line for text in found if (line := _read(text))]


def _read(text: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    return line if isinstance(line, dict) and {"id", "kind", "subject_id"} <= line.keys() else {}


def write_down(erasure: Erasure) -> None:
    """Add its line, on the disk before this returns; one that is there already stays."""
    if any(line["id"] == erasure.id for line in lines()):
        return
    names = db.session.execute(select(ErasedName.length, ErasedName.digest).where(ErasedName.erasure_id == erasure.id))
    said = {name: getattr(erasure, name) for name in ("id", "kind", "subject_id", "customer_id", "owner_id", "by_id")}
    said |= {"at": erasure.at.isoformat(), "names": [list(row) for row in names]}
    said["things"] = list(db.session.scalars(select(Erased.id).where(Erased.erasure_id == erasure.id)))
    with os.fdopen(os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write("\n" + json.dumps(said))  # behind a line that a crash has cut off, on a new one
        file.flush()
        os.fsync(file.fileno())
