"""A talk track as a text file, and back."""

from typing import Any

from flask_babel import force_locale

from webapp.playbook.models import WORDS, TalkTrack
from webapp.playbook.texts.labels import TRACK, headings, plain
from webapp.playbook.texts.plain import Fault, read, write
from webapp.playbook.texts.spelling import Misspelt, locale_of, spell, understand

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
    said = spell(fields, language)
    with force_locale(locale_of(language)):
        pairs = [(str(TRACK[name]), said[name]) for name in FIELDS if name in said]
    return write(pairs, ": " if language == "en" else "：")


def from_text(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """(The words of a track, the line in which each field begins); raises Fault."""
    known, words, lines = headings("track"), {}, {}
    for line, heading, said in read(text):
        name = known.get(plain(heading))
        if name is None:
            raise Fault(line, "unknown_heading", heading)
        try:
            words[name], lines[name] = understand(name, said), line
        except Misspelt as error:
            raise Fault(line, error.code, error.text) from None
    return words, lines


def whole(words: dict[str, Any]) -> dict[str, Any]:
    """With every field, the empty ones too, as `TalkTrack.write` takes them."""
    lists: dict[str, Any] = dict.fromkeys(WORDS, "") | {"figures_valid_until": None}
    lists |= {name: [] for name in ("industries", "stages", "levels", "personas", "next_slugs")}
    return {**lists, "language": "zh", **words}
