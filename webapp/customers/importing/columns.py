"""What the columns of a file mean, guessed from headings in Chinese and English as people write them."""

import re
from functools import lru_cache

from flask_babel import force_locale

from webapp.customers.importing.headings import SYNONYMS
from webapp.customers.importing.words import FIELDS
from webapp.foundation.folding import fold
from webapp.foundation.i18n import LANGUAGES

_NUMBERED = re.compile(r"(?P<base>.*?)(?P<number>[1-3一二三])(?P<rest>\D*)")
_NUMBERS = {"1": "", "一": "", "2": "_2", "二": "_2", "3": "_3", "三": "_3"}
_MARKS = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]")
HEADINGS_WITHIN = 12
"""Rows from the top among which the headings are looked for: a title and remarks may stand above."""


def _spelled(heading: str) -> str:
    """A heading without what does not count: width, case, spaces, marks, and asides in brackets."""
    folded = fold(heading)
    return _MARKS.sub("", _ASIDE.sub("", folded)) or _MARKS.sub("", folded)


@lru_cache
def _known() -> dict[str, dict[str, int]]:
    """Spelled heading → field → how sure (101 and less); our own words, in all languages, before what others write."""
    known: dict[str, dict[str, int]] = {}
    for language in LANGUAGES:
        with force_locale(language):
            for field, label in FIELDS.items():
                known.setdefault(_spelled(str(label)), {}).setdefault(field, 101)
    for field, headings in SYNONYMS.items():
        for place, written in enumerate(headings.split()):
            heading, _colon, sure = written.partition(":")
            known.setdefault(_spelled(heading), {}).setdefault(field, int(sure or 100 - place))
    return known


def header_row(rows: list[list[str]]) -> int | None:
    """The row that names the columns, counted from 0; None if no heading is known, so that every row is data."""
    scores = [sum(bool(_wishes(cell)) for cell in row) for row in rows[:HEADINGS_WITHIN]]
    best = max(scores, default=0)
    if best == 0:
        return None
    return scores.index(best)


def guess(headings: list[str]) -> dict[int, str]:
    """Column → field, each field at most once but 'note_line'; the surest guesses first."""
    wishes = [
        (sure, -column, field) for column, heading in enumerate(headings) for field, sure in _wishes(heading).items()
    ]
    mapping: dict[int, str] = {}
    has_person = any(field.startswith("contact_name") for _sure, _column, field in wishes)
    for _sure, column, field in sorted(wishes, key=lambda wish: (-wish[0], -wish[1])):
        taken = field in mapping.values() and field != "note_line"
        if -column not in mapping and not taken and (has_person or field != "contact_phone"):
            mapping[-column] = field
    return dict(sorted(mapping.items()))


def _wishes(heading: str) -> dict[str, int]:
    """The fields that a heading may mean, with how sure that is."""
    if not heading.strip() or len(heading) > 40:
        return {}
    spelled, known = _spelled(heading), _known()
    if spelled in known:
        return known[spelled]
    numbered = _NUMBERED.fullmatch(spelled)
    if numbered:
        number = _NUMBERS[numbered["number"]]
        found = known.get(numbered["base"] + numbered["rest"], {})
        found = {field: sure for field, sure in found.items() if field.startswith("contact")} or _contact(found)
        return {field + number: sure for field, sure in found.items() if field + number in FIELDS}
    return _within(spelled)


def _contact(found: dict[str, int]) -> dict[str, int]:
    """A number behind '电话' means a second person's."""
    return {"contact_phone": found["phone"]} if "phone" in found else {}


def _within(spelled: str) -> dict[str, int]:
    """A longer heading that holds a known one: the longest counts, with less certainty."""
    inside = [known for known in _known() if known in spelled and len(known) > (3 if known.isascii() else 1)]
    longest = max(inside, key=len, default="")
    return {field: sure // 2 for field, sure in _known().get(longest, {}).items()}
