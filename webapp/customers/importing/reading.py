"""Bytes to rows of text, whatever wrote them: CSV in the encodings and with the separators of this world, XLSX, XLS.

What cannot be read raises `Unreadable` with a code of `importing.words.UNREADABLE`, never anything else."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

from webapp.customers.importing import workbook
from webapp.customers.importing.text import SEPARATORS, decode, separator_of

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
"""Of all parts of a workbook together, as it says itself; the child that reads it has limits of its own."""
MAX_ROWS = 100_000
MAX_COLUMNS = 120
MAX_CELL = 40_000
"""Characters: a spreadsheet's own limit is 32,767; more is a quotation mark that was never closed."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):
    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Table:
    """The rows of a file, the empty ones too: row n is line n + 1 of a spreadsheet. `kind`: 'csv', 'xlsx' or 'xls'."""

    kind: str
    rows: list[list[str]]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)


def read(content: bytes, encoding: str = "", separator: str = "", sheet: str = "") -> Table:
    """Read a file; what is not said is found out."""
    if len(content) > MAX_BYTES:
        raise Unreadable("too_big", most=MAX_BYTES // 1024 // 1024)
    if not content.strip():
        raise Unreadable("empty")
    if content.startswith(b"PK\x03\x04"):
        return _workbook("xlsx", _checked_package(content), sheet)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook("xls", content, sheet)
    return _text(content, encoding, separator)


def _text(content: bytes, encoding: str, separator: str) -> Table:
    text, encoding = decode(content, encoding) or (None, "")
    separator = separator if separator in SEPARATORS else ""
    if text is None:
        raise Unreadable("encoding" if encoding else "not_a_table")
    start = text.lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<table", "<?xml", "<meta")):
        raise Unreadable("web_page")
    if start.startswith(("{\\rtf", "%pdf")):
        raise Unreadable("not_a_table")
    separator = separator or separator_of(text)
    rows = _records(text, separator)
    if not any(rows):
        raise Unreadable("empty")
    return Table("csv", rows, encoding, separator)


def _records(text: str, separator: str) -> list[list[str]]:
    if text.startswith("sep="):
        text = "\n" + text.partition("\n")[2]
    csv.field_size_limit(MAX_CELL)
    rows = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            while cells and not cells[-1].strip():
                cells.pop()
            rows.append(cells[:MAX_COLUMNS])
            if len(rows) > MAX_ROWS:
                raise Unreadable("too_many_rows", most=MAX_ROWS)
    except csv.Error as error:
        raise Unreadable("open_quote", line=len(rows) + 1) from error
    return rows


def _checked_package(content: bytes) -> bytes:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise Unreadable("broken") from error
    if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
        raise Unreadable("other_package")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable("too_much")
    return content


def _workbook(kind: str, content: bytes, sheet: str) -> Table:
    try:
        sheets, sheet, rows = workbook.ask_child(content, sheet, MAX_ROWS + 1, MAX_COLUMNS)
    except workbook.Failed as error:
        codes = {workbook.BROKEN: "broken", workbook.LOCKED: "locked", workbook.NO_SUCH_SHEET: "no_such_sheet"}
        code = codes.get(error.status, "too_much")
        raise Unreadable("locked" if code == "broken" and _ENCRYPTED in content else code) from error
    if not any(rows):
        raise Unreadable("empty")
    if len(rows) > MAX_ROWS:
        raise Unreadable("too_many_rows", most=MAX_ROWS)
    return Table(kind, rows, sheet=sheet, sheets=sheets)
