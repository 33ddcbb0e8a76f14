"""Texts as a phone compares them with a question (service_worker/search.js)."""

from collections.abc import Iterable
from functools import cache

from webapp.foundation.folding import Unit, chunks_of, simplified
from webapp.foundation.pinyin import readings_of

HAN = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
"""Where traditional 汉字 stand in Unicode."""


def said(texts: Iterable[str | None]) -> list[str]:
    """The chunks of these texts, each once."""
    return list(dict.fromkeys(spelled(chunk) for text in texts for chunk in chunks_of(text or "")))


def spelled(chunk: list[Unit]) -> str:
    """A chunk as text: units with spaces between; a word as it is, a 汉字 with its readings behind it: `重zhong,chong`."""
    return " ".join(unit.text if unit.word else unit.text + ",".join(readings_of(unit)) for unit in chunk)


@cache
def simple() -> str:
    """Every traditional 汉字 with its simplified one behind it, in one text, for the phone's rule 1."""
    pairs = ((chr(n), simplified(chr(n))) for first, last in HAN for n in range(first, last + 1))
    return "".join(char + plain for char, plain in pairs if char != plain)
