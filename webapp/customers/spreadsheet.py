"""Rows to files that spreadsheets open, written as they go: memory stays the same however many there are.

Text that a spreadsheet would take for a formula is kept from being one (OWASP, CSV injection): in CSV by an apostrophe,
which our import takes off again; in XLSX by cells of the type text, with the mark that keeps them so when edited."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Response, stream_with_context

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CALCULATED = ("=", "+", "-", "@", "\t", "\r")
_ROWS = 500
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
    f'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.'
    f'main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/><Override '
    f'PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/'
    'officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}'
    f'/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>",
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/>'
    '<xf quotePrefix="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_BOLD, _QUOTED, _DAY = 1, 2, 3
_UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def download(chunks: Iterable[bytes], media_type: str, filename: str) -> Response:
    """An answer that is written while it is sent, to be kept under this name."""
    response = Response(stream_with_context(iter(chunks)), mimetype=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def as_csv(rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """UTF-8 with the mark by which Excel knows it."""
    yield b"\xef\xbb\xbf"
    for some in _some(rows):
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows([guarded(_plain(cell)) for cell in row] for row in some)
        yield buffer.getvalue().encode()


def guarded(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would calculate it."""
    return "'" + text if text.startswith(CALCULATED) else text


def as_xlsx(rows: Iterable[Iterable[Any]], title: str) -> Iterator[bytes]:
    """A workbook with one sheet, its first row bold and fixed."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        for name, xml in {**_PARTS, "xl/workbook.xml": _workbook(title)}.items():
            package.writestr(name, _HEAD + xml)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for xml in _sheet(rows):
                sheet.write(xml.encode())
                yield pipe.take()
    yield pipe.take()


def _workbook(title: str) -> str:
    name = escape(title[:31], {'"': "&quot;"})
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    )


def _sheet(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="16"/><sheetData>'
    )
    style = _BOLD
    for some in _some(rows):
        lines = []
        for row in some:
            lines.append("<row>" + "".join(_cell(cell, style) for cell in row) + "</row>")
            style = 0
        yield "".join(lines)
    yield "</sheetData></worksheet>"


def _cell(cell: Any, style: int) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, date):
        return f'<c s="{_DAY}"><v>{(cell - date(1899, 12, 30)).days}</v></c>'
    if isinstance(cell, int | float):
        return f"<c><v>{cell}</v></c>"
    text = str(cell)
    style = style or (_QUOTED if text.startswith(CALCULATED) else 0)
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    chosen = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{chosen}><is><t{space}>{escape(text.translate(_UNWRITABLE))}</t></is></c>'


def _plain(cell: Any) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _some(rows: Iterable[Iterable[Any]]) -> Iterator[list[Iterable[Any]]]:
    some = []
    for row in rows:
        some.append(row)
        if len(some) == _ROWS:
            yield some
            some = []
    if some:
        yield some


class _Pipe(io.RawIOBase):
    """What the zip file writes, to be taken away piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        whole, self.pieces = b"".join(self.pieces), []
        return whole
