"""Which encoding a text is in, and what separates its cells: both are guesses, made where all evidence is at hand."""

import codecs
import csv
import io
from collections import Counter

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252")
SEPARATORS = (",", ";", "\t", "|")
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SAMPLE = 64 * 1024
_SPACES = frozenset("\t\n\r\f\v\x1a\x1b")


def decode(content: bytes, encoding: str = "") -> tuple[str | None, str] | None:
    """(text, encoding); (None, encoding) if the bytes do not fit the encoding that was asked for; None for junk.

    An encoding that is not offered counts as not said.
    """
    if encoding in ENCODINGS:
        return _strictly(content, encoding), encoding
    for mark, marked in _MARKS.items():
        if content.startswith(mark):
            return _strictly(content, marked), marked
    if b"\0" in content:
        return _wide(content)
    for guess in ("utf-8", *_chinese(content), "cp1252"):
        text = _strictly(content, guess)
        if text is not None and _is_speakable(text):
            return text, guess
    return None


def _strictly(content: bytes, encoding: str) -> str | None:
    """The text, without byte order mark and NUL; None if the bytes do not fit."""
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding).removeprefix("\ufeff").replace("\0", "")
    except UnicodeError:
        return None


def _wide(content: bytes) -> tuple[str | None, str] | None:
    """Text with NULs: UTF-16 without its mark, or UTF-8 with a stray one."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    if max(even, odd) * 5 > len(content) // 2 and min(even, odd) * 20 < max(even, odd):
        order = "utf-16-le" if odd > even else "utf-16-be"
        text = _strictly(content[: len(content) // 2 * 2], order)
        return (text, "utf-16") if text and _is_speakable(text) else None
    if content.count(0) * 1000 > len(content) + 1000:
        return None
    return decode(content.replace(b"\0", b""))


def _chinese(content: bytes) -> tuple[str, ...]:
    """GB18030 reads almost every Big5 text as rare characters, so the first bytes of common characters decide."""
    lead = [byte for byte in _lead_bytes(content[:_SAMPLE]) if byte > 0xA3]
    simplified = sum(0xB0 <= byte <= 0xD7 for byte in lead)
    traditional = sum(0xA4 <= byte <= 0xC6 for byte in lead)
    if traditional > simplified and traditional * 20 > len(lead) * 19:
        return "big5", "gb18030"
    return "gb18030", "big5"


def _lead_bytes(content: bytes) -> list[int]:
    """The first bytes of the characters that take two."""
    lead, place = [], 0
    while place < len(content):
        if content[place] >= 0x81:
            lead.append(content[place])
            place += 1
        place += 1
    return lead


def _is_speakable(text: str) -> bool:
    """A text has next to no control characters and no unassigned ones."""
    sample = text[:_SAMPLE]
    odd = sum((char < " " and char not in _SPACES) or "\x7f" <= char <= "\x9f" or char == "\ufffd" for char in sample)
    return odd * 200 <= len(sample)


def separator_of(text: str) -> str:
    """The separator that cuts most rows into the same number of cells, quotation marks respected."""
    if text.startswith("sep=") and len(text) > 4:
        return text[4]
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    return max(SEPARATORS, key=lambda separator: _fits(sample, separator))


def _fits(sample: str, separator: str) -> tuple[float, int]:
    """(the share of rows that have the commonest number of cells, that number); one cell a row fits nothing."""
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))[:200]
    except csv.Error:
        return 0.0, 0
    counts = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    cells, often = max(counts.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
    return (often / counts.total(), cells) if cells > 1 else (0.0, 0)
