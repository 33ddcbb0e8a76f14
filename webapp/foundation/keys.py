"""The stored key by which a thing is found, in 汉字, pinyin, initials and words: rule 3 of `webapp.foundation.pinyin`."""

from collections.abc import Iterator

from webapp.foundation.folding import Unit, chunks_of
from webapp.foundation.polyphones import POLYPHONES, SPELLINGS

PIECE = 32
"""Characters of one piece, and of a word in a question: nobody types more."""
MAX_KEY = 6000
MAX_UNITS = 48
"""Of one chunk are read aloud; the rest is found by its 汉字 only."""
MAX_ALTERNATES = 8


def search_key(*texts: str | None) -> str:
    """The stored key of a thing known by these texts, its name first. Lower case, begins and ends with a space."""
    heads: dict[str, None] = {}
    rest: dict[str, None] = {}
    for number, text in enumerate(texts):
        for place, chunk in enumerate(chunks_of(text or "")):
            for start, piece in _pieces(chunk):
                first = number == 0 and place == 0 and start == 0
                (heads if first else rest)[piece] = None
    key = " " + " ".join([*heads, "|", *(piece for piece in rest if piece not in heads)]) + " "
    return key if len(key) <= MAX_KEY else key[: key.rindex(" ", 0, MAX_KEY) + 1]


def _pieces(chunk: list[Unit]) -> Iterator[tuple[int, str]]:
    """Rule 3: (the unit where it starts, the piece)."""
    yield 0, "".join(unit.text for unit in chunk)
    chunk = chunk[:MAX_UNITS]
    for changed, readings in ways(chunk):
        for start in range(changed + 1):
            full = "".join(readings[start:])[:PIECE]
            initials = "".join(initials_of(chunk[start:], readings[start:]))[:PIECE]
            if full:
                yield start, full
            if len(initials) >= 2:
                yield start, initials


def ways(chunk: list[Unit]) -> Iterator[tuple[int, list[str]]]:
    """The readings of a chunk, then those with one alternate each; and the last start whose piece they change."""
    readings = [unit.reading for unit in chunk]
    yield len(chunk) - 1, readings
    left = MAX_ALTERNATES
    for place, unit in enumerate(chunk):
        for other in _others(unit)[:left]:
            left -= 1
            yield place, [*readings[:place], other, *readings[place + 1 :]]


def readings_of(unit: Unit) -> list[str]:
    """How a 汉字 may be read, likeliest first."""
    return [unit.reading, *_others(unit)]


def _others(unit: Unit) -> list[str]:
    if unit.word:
        return []
    known = (*POLYPHONES.get(unit.text, ()), *SPELLINGS.get(unit.reading, ()))
    return [reading for reading in known if reading != unit.reading]


def initials_of(chunk: list[Unit], readings: list[str]) -> list[str]:
    return [reading if unit.word else reading[:1] for unit, reading in zip(chunk, readings, strict=True)]
