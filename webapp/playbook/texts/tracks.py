"""A talk track as a text file, and back."""

from typing import Any

from webapp.playbook.models import WORDS, TalkTrack
from webapp.playbook.texts.headed import told, written
from webapp.playbook.texts.labels import TRACK
from webapp.playbook.texts.spelling import spell

FIELDS = tuple(TRACK)


def fields_of(track: TalkTrack, with_coach: bool) -> dict[str, Any]:
    """All that a file says of a track, in its order; the coach's note only for those who may read it."""
    kept = {**track.words(), "slug": track.slug or track.id, "language": track.language, "coach_note": track.coach_note}
    return {name: kept[name] for name in FIELDS if with_coach or name != "coach_note"}


def as_text(track: TalkTrack, with_coach: bool = False) -> str:
    """In the track's own language, headings too."""
    return text_of(fields_of(track, with_coach))


def text_of(fields: dict[str, Any]) -> str:
    language = str(fields["language"])
    return written("track", spell(fields, language), language)


def from_text(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """(The words of a track, the line in which each field begins); raises Fault."""
    return told("track", text)


def whole(words: dict[str, Any]) -> dict[str, Any]:
    """With every field, the empty ones too, as `TalkTrack.write` takes them."""
    lists: dict[str, Any] = dict.fromkeys(WORDS, "") | {"figures_valid_until": None}
    lists |= {name: [] for name in ("industries", "stages", "levels", "personas", "next_slugs")}
    return {**lists, "language": "zh", **words}
