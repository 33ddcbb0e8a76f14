"""A track or a product under headings in the words of one language, and back."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import force_locale

from webapp.playbook.texts.labels import PRODUCT, TRACK, headings, plain
from webapp.playbook.texts.plain import Fault, read, write
from webapp.playbook.texts.spelling import Misspelt, locale_of, understand

LABELS = {"track": TRACK, "product": PRODUCT}


def written(kind: str, said: Mapping[str, str], language: str) -> str:
    """What is said of each field, under its heading; what nothing is said of is left out."""
    with force_locale(locale_of(language)):
        pairs = [(str(label), said[name]) for name, label in LABELS[kind].items() if name in said]
    return write(pairs, ": " if language == "en" else "：")


def told(
    kind: str, text: str, value_of: Callable[[str, str], Any] = understand
) -> tuple[dict[str, Any], dict[str, int]]:
    """(What it tells, field by field; the line in which each begins); raises Fault."""
    known, words, lines = headings(kind), {}, {}
    for line, heading, said in read(text):
        name = known.get(plain(heading))
        if name is None:
            raise Fault(line, "unknown_heading", heading)
        try:
            words[name], lines[name] = value_of(name, said), line
        except Misspelt as error:
            raise Fault(line, error.code, error.text) from None
    return words, lines
