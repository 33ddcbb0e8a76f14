"""Text as units that can be compared and read aloud: rules 1 and 2 of `webapp.foundation.pinyin`."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from opencc import OpenCC
from pypinyin import lazy_pinyin

_COUNTRY = re.compile(r"(?:\+|\b00)86[\s-]*|\b86(?=1\d{10}\b)")
_PHONE = re.compile(r"[\d\s()+./\-#*]+")
_phrase_simplified = OpenCC("t2s").convert


class Unit(NamedTuple):
    text: str
    reading: str
    word: bool


def fold(text: str) -> str:
    """Rule 1: what looks alike becomes the same."""
    return "".join(map(simplified, spread_out(text)))


class _Unmarked(dict[int, int | None]):
    """For str.translate: marks that stand over a letter go. Filled as characters come by."""

    def __missing__(self, number: int) -> int | None:
        self[number] = None if unicodedata.category(chr(number)) == "Mn" else number
        return self[number]


_unmarked = _Unmarked()


def spread_out(text: str) -> str:
    if text.isascii():
        return _COUNTRY.sub("", text.lower())
    bare = unicodedata.normalize("NFKD", text).lower().translate(_unmarked)
    return _COUNTRY.sub("", unicodedata.normalize("NFC", bare))


@lru_cache(maxsize=20_000)
def simplified(char: str) -> str:
    folded = _phrase_simplified(char) if char > "\u2e7f" else char
    return folded if len(folded) == 1 else char


@lru_cache(maxsize=20_000)
def is_word(char: str) -> bool | None:
    """True: part of a word. False: stands alone. None: punctuation or space."""
    category = unicodedata.category(char)
    if category in ("Ll", "Nd"):
        return True
    return False if category[0] in "LN" or category == "So" else None


def chunks_of(text: str) -> Iterator[list[Unit]]:
    """Rule 2, with readings. The phrase decides a reading, so it is asked in the simplified writing of the phrase."""
    spread = spread_out(text)
    if _PHONE.fullmatch(spread) and sum(map(str.isdigit, spread)) >= 7:
        spread = re.sub(r"\D", "", spread)
    phrase = _phrase_simplified(spread)
    told = phrase if len(phrase) == len(spread) else spread
    for spans in spans_of(spread):
        readings = iter(_read("".join(told[start] for start, end, word in spans if not word)))
        yield [
            Unit(spread[start:end], spread[start:end], True)
            if word
            else Unit(simplified(spread[start]), next(readings), False)
            for start, end, word in spans
        ]


def spans_of(text: str) -> Iterator[list[tuple[int, int, bool]]]:
    spans: list[tuple[int, int, bool]] = []
    for place, char in enumerate(text):
        word = is_word(char)
        if word is None:
            continue
        after_word = bool(word and spans and spans[-1][2])
        if after_word and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1, True)
            continue
        if after_word:
            yield spans
            spans = []
        spans.append((place, place + 1, word))
    if spans:
        yield spans


@lru_cache(maxsize=1000)
def _read(phrase: str) -> list[str]:
    """One reading a character, empty where there is none. A name is read more than once, so the last ones are kept."""
    readings = lazy_pinyin(phrase, errors=_unread) if phrase else []
    if len(readings) == len(phrase):
        return readings
    return [""] if len(phrase) == 1 else [_read(char)[0] for char in phrase]


_unread: Any = lambda chars: [""] * len(chars)  # noqa: E731
