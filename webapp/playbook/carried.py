"""The answers as a phone carries them: a page with holes for any question, and of every track what puts it in its place
(static/js/answers/ lays them out as `webapp.playbook.answers` does)."""

import json
from typing import Any

from webapp.foundation.aloud import said, simple
from webapp.foundation.db import db
from webapp.playbook.library import approved, cells_of, in_one_language, language
from webapp.playbook.models import TalkTrack
from webapp.playbook.ranking import TRADES, is_stale

PAGE = "/playbook?holes=1"


def shown() -> dict[str, Any]:
    """What the page holds: `tracks`, and of the 汉字 in them the traditional ones, each with its simplified one behind it."""
    told = tracks()
    known, pairs = set("".join(told)), simple()
    there = (pairs[n : n + 2] for n in range(0, len(pairs), 2))
    return {"tracks": told, "simple": "".join(pair for pair in there if pair[1] in known)}


def tracks() -> list[str]:
    """Of each approved track in the reader's language, by name, as JSON: `heard`: the chunks of each phrase that customers
    say, in all languages; `more`: those of its title and line; `cells`: [level, industry, role, worked, half, flat].
    Two queries."""
    everything = list(db.session.scalars(approved().order_by(TalkTrack.title)))
    spoken: dict[str, list[TalkTrack]] = {}
    for track in everything:
        spoken.setdefault(track.slug or "", []).append(track)
    mine = in_one_language(everything)
    cells = cells_of(track.id for track in mine)
    found = []
    for track in mine:
        told = _told(track, spoken[track.slug or ""])
        told["cells"] = [[*kind, went.worked, went.half, went.flat] for kind, went in sorted(cells[track.id].items())]
        kept = {name: value for name, value in told.items() if value}
        found.append(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))
    return found


def _told(track: TalkTrack, all_languages: list[TalkTrack]) -> dict[str, Any]:
    return {
        "id": track.id,
        "slug": track.slug,
        "title": track.title,
        "line": track.line,
        "foreign": track.language != language(),
        "stale": is_stale(track),
        "heard": [said([phrase]) for one in all_languages for phrase in one.heard_lines],
        "more": said([text for one in all_languages for text in (one.title, one.line)]),
        "stages": track.stages,
        "levels": track.levels,
        "trades": [name for named in map(_plain, track.industries) for name in (named, TRADES.get(named)) if name],
        "next": track.next_slugs,
    }


def _plain(named: str) -> str:
    return named.casefold().strip()
