"""How a track came to read as it does: each version against the one before, marked word by word."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.playbook import words
from webapp.playbook.models import WORDS, TalkTrack, TrackVersion
from webapp.playbook.models.version import spelled

MOST = 20
ALIKE = 0.35
"""Less than that in common, and the old text is struck out whole: scraps of it among the new ones nobody can read."""
_WORD = re.compile(r"[A-Za-z0-9]+(?:[.,][0-9]+)*|\s+|.", re.DOTALL)

Marked = list[tuple[str, str]]
"""Pieces of text, each with «» (as it was), «del» or «ins»."""


@dataclass(frozen=True)
class Difference:
    """One field that says something else now."""

    field: str
    marked: Marked


@dataclass(frozen=True)
class Change:
    """What one version changed, and who wrote it when."""

    version: int
    by: User
    at: datetime
    differences: list[Difference]


def changes(track: TalkTrack) -> list[Change]:
    """What each of the last versions changed, the latest first. Two queries."""
    kept = select(TrackVersion).where(TrackVersion.track_id == track.id).options(joinedload(TrackVersion.by))
    before = list(db.session.scalars(kept.order_by(TrackVersion.version.desc()).limit(MOST)))
    now, found = spelled(track.words()), []
    for one in before:
        found.append(Change(one.version + 1, one.by, one.at, differences(one.body, now)))
        now = one.body
    return found


def differences(before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    """The fields that differ, in the order of the form, in the reader's words."""
    pairs = [(name, _read(name, before.get(name, "")), _read(name, after.get(name, ""))) for name in WORDS]
    return [Difference(name, marked(old, new)) for name, old, new in pairs if old != new]


def marked(old: str, new: str) -> Marked:
    """The new text with what was struck out and what was put in."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(a=a, b=b, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [(mark, text) for mark, text in (("del", old), ("ins", new)) if text]
    pieces: Marked = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(("", "".join(a[a1:a2])))
            continue
        pieces += [(mark, text) for mark, text in (("del", "".join(a[a1:a2])), ("ins", "".join(b[b1:b2]))) if text]
    return pieces


def _read(name: str, text: str) -> str:
    labels: dict[str, Any] = {"situation": words.SITUATIONS, "stages": words.STAGES, "personas": words.PERSONAS}
    if name in labels:
        return "、".join(str(labels[name].get(code, code)) for code in text.split("、") if code)
    return text
