"""A file that somebody brings, as records: a text file is one, a zip one a text file in it, a table one a row.

What cannot be read is a `Problem` that names the place: never an exception, and never half of a record."""

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

from webapp.customers.importing.reading import Unreadable, read
from webapp.customers.importing.text import decode
from webapp.foundation.pages import clean
from webapp.playbook.texts import plain, products, tracks
from webapp.playbook.texts.labels import headings
from webapp.playbook.texts.labels import plain as plainly
from webapp.playbook.texts.spelling import Misspelt, understand

MOST_FILES, MOST_BYTES, MOST_RECORDS = 2000, 256 * 1024, 2000
_GUARDED = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Record:
    """What a text or row says, of which `kind` ('track' or 'product'), in which line each field stands, and in which the
    whole, if it is a row."""

    place: str
    kind: str
    words: dict[str, Any]
    lines: dict[str, int]
    line: int = 0


@dataclass(frozen=True)
class Problem:
    """`code` of `texts.wrong.PROBLEMS`, or "" with a sentence in `text`; `line` 0: the whole; `field` a code or a heading."""

    place: str
    line: int
    code: str
    text: str = ""
    field: str = ""


@dataclass
class Brought:
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def unpack(filename: str, content: bytes) -> Brought:
    brought = Brought()
    if not content.strip():
        brought.problems.append(Problem(filename, 0, "empty"))
    elif _is_of_texts(content):
        _zip(content, brought)
    elif filename.lower().endswith((".txt", ".text", ".md")):
        _text(filename, content, brought)
    else:
        _table(filename, content, brought)
    if not brought.records and not brought.problems:
        brought.problems.append(Problem(filename, 0, "empty"))
    return brought


def _is_of_texts(content: bytes) -> bool:
    """Whether it is a zip, and no workbook (which is one too)."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        names = [part.filename.lower() for part in zipfile.ZipFile(io.BytesIO(content)).infolist()]
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        return False
    return "xl/workbook.xml" not in names


def _zip(content: bytes, brought: Brought) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [part for part in package.infolist() if part.filename.lower().endswith(".txt")]
        for part in sorted(parts, key=lambda part: part.filename)[:MOST_FILES]:
            name = part.filename.rpartition("/")[2]
            if name.startswith((".", "README")):
                continue
            try:
                _text(part.filename, package.read(part) if part.file_size <= MOST_BYTES else b"", brought)
            except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError):
                brought.problems.append(Problem(part.filename, 0, "broken"))


def _text(place: str, content: bytes, brought: Brought) -> None:
    text, _encoding = decode(content[:MOST_BYTES]) or (None, "")
    if not text or len(content) > MOST_BYTES:
        brought.problems.append(Problem(place, 0, "no_text"))
        return
    try:
        known = {plainly(said.heading) for said in plain.read(text)}
        kind = _kind(known)
        words, lines = (tracks if kind == "track" else products).from_text(_cleaned(text))
        brought.records.append(Record(place, kind, words, lines))
    except plain.Fault as fault:
        brought.problems.append(Problem(place, fault.line, fault.code, fault.text))


def _cleaned(text: str) -> str:
    return "\n".join(clean(line) if line.strip() == line else _indent(line) for line in text.split("\n"))


def _indent(line: str) -> str:
    start = line[: len(line) - len(line.lstrip())]
    return start.rstrip("\r") + clean(line)


def _kind(known: set[str]) -> str:
    """A product is what has more of a product's headings."""
    as_track, as_product = (len(known & headings(kind).keys()) for kind in ("track", "product"))
    return "product" if as_product > as_track else "track"


def _table(place: str, content: bytes, brought: Brought) -> None:
    try:
        rows = read(content).rows
    except Unreadable as error:
        brought.problems.append(Problem(place, 0, "unreadable", error.code))
        return
    at = next((n for n, row in enumerate(rows) if any(row)), 0)
    kind = _kind({plainly(cell) for cell in rows[at]})
    known = [headings(kind).get(plainly(cell)) for cell in rows[at]]
    for cell, name in zip(rows[at], known, strict=True):
        if cell.strip() and name is None:
            brought.problems.append(Problem(place, at + 1, "unknown_heading", cell.strip()[:40]))
    if not any(known):
        return
    for n, row in enumerate(rows[at + 1 : at + 1 + MOST_RECORDS], at + 2):
        if any(cell.strip() for cell in row):
            _row(place, n, kind, dict(zip(known, row, strict=False)), brought)


def _row(place: str, line: int, kind: str, cells: dict[str | None, str], brought: Brought) -> None:
    words: dict[str, Any] = {}
    for name, cell in cells.items():
        if name is None:
            continue
        text = clean(cell[1:] if cell[:1] == "'" and cell[1:2] in _GUARDED else cell)
        try:
            words[name] = understand(name, text) if kind == "track" else products.value_of(name, text)
        except Misspelt as error:
            brought.problems.append(Problem(place, line, error.code, error.text, name))
            return
    brought.records.append(Record(place, kind, words, dict.fromkeys(words, line), line))
