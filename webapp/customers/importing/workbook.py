"""A workbook read by a child process that may use only so much memory and time: whatever a file was made to do to its
reader, it does to nobody else. `python workbook.py SHEET ROWS COLUMNS < FILE` writes one JSON line
{"sheets": […], "sheet": …} and then one list of texts a row; it imports nothing of the house."""

import io
import itertools
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 1 << 30
SECONDS = 30
BROKEN, LOCKED, NO_SUCH_SHEET = 3, 4, 5


class Failed(Exception):
    """The child could not read it; `status` is one of the codes above, or negative if it was ended by its limits."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def ask_child(content: bytes, sheet: str, rows: int, columns: int) -> tuple[list[str], str, list[list[str]]]:
    """The names of the sheets, the one that was read (the first that is not empty, unless named), and its rows."""
    command = [sys.executable, "-I", __file__, sheet, str(rows), str(columns)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS * 2, check=False)
    except subprocess.TimeoutExpired as error:
        raise Failed(-1) from error
    if done.returncode:
        raise Failed(done.returncode)
    head, *lines = done.stdout.splitlines()
    about = json.loads(head)
    return about["sheets"], about["sheet"], [json.loads(line) for line in lines]


def as_text(cell: Any) -> str:
    """A cell as one would type it: whole numbers without a point, days as 2026-11-24."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, date | timedelta | int):
        return str(cell)
    return str(cell or "")


def _rows(sheet: Any, columns: int) -> Iterator[list[str]]:
    """From the first row of the sheet on; calamine leaves out the empty columns at its left, but not the rows above."""
    left = sheet.start[1] if sheet.start else 0
    for row in sheet.iter_rows():
        cells = [*itertools.repeat("", left), *map(as_text, row[:columns])][:columns]
        while cells and not cells[-1].strip():
            cells.pop()
        yield cells


def _read(content: bytes, wanted: str, rows: int, columns: int) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    shown = SheetVisibleEnum.Visible
    names = [s.name for s in book.sheets_metadata if s.visible == shown and s.typ == SheetTypeEnum.WorkSheet]
    if wanted and wanted not in names:
        raise SystemExit(NO_SUCH_SHEET)
    for name in [wanted] if wanted else names:
        sheet = book.get_sheet_by_name(name)
        if wanted or sheet.height or name == names[-1]:
            break
    sys.stdout.write(json.dumps({"sheets": names, "sheet": name}) + "\n")
    for cells in itertools.islice(_rows(sheet, columns), rows):
        sys.stdout.write(json.dumps(cells) + "\n")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, PasswordError

    try:
        _read(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    except PasswordError:
        raise SystemExit(LOCKED) from None
    except MemoryError:
        raise SystemExit(-1) from None
    except (CalamineError, OSError, ValueError, UnboundLocalError):
        raise SystemExit(BROKEN) from None


if __name__ == "__main__":
    main()
