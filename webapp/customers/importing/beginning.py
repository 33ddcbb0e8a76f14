"""From an upload to a run whose columns are guessed. Reading a file takes seconds at worst, so it is done before the
database is locked, and what was read is handed to the view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from flask import current_app, g, request
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from webapp.accounts.models import User
from webapp.customers.importing import queries
from webapp.customers.importing.columns import guess, header_row
from webapp.customers.importing.models import ImportRun
from webapp.customers.importing.reading import MAX_BYTES, Table, Unreadable, read
from webapp.customers.importing.rows import data_rows
from webapp.customers.importing.stored import keep, table_of
from webapp.customers.importing.words import why_unreadable
from webapp.foundation.db import db
from webapp.foundation.pages import clean
from webapp.outbox import gate

SAMPLES = 40
"""Rows that are looked at to show what stands in a column."""


@dataclass
class Upload:
    """A file that has arrived: what is in it, or the sentence that says why it cannot be used."""

    filename: str = ""
    content: bytes = b""
    table: Table = field(default_factory=lambda: Table("csv", []))
    problem: str = ""

    @classmethod
    def of(cls, file: FileStorage | None) -> "Upload":
        if file is None or not file.filename:
            return cls(problem=why_unreadable("missing"))
        content = file.stream.read(MAX_BYTES + 1)
        file.stream.seek(0)  # the gate reads it too
        return cls.taken(file.filename, content)

    @classmethod
    def taken(cls, filename: str, content: bytes) -> "Upload":
        name = clean(filename.replace("\\", "/").rpartition("/")[2])[:200]
        try:
            return cls(name, content, read(content))
        except Unreadable as error:
            return cls(name, problem=why_unreadable(error.code, **error.values))


@gate.before_the_lock
def _read_ahead() -> None:
    if request.endpoint == "imports.create" and current_user.is_authenticated:
        g.upload = Upload.of(request.files.get("file"))
    elif request.endpoint == "imports.assign" and current_user.is_authenticated:
        g.reading = reread(queries.find(str((request.view_args or {})["run_id"])), request.form)


def begin(user: User, upload: Upload, id: str) -> ImportRun:
    """A run of this file, by and for this user, its columns guessed; and the file kept."""
    run = ImportRun(id=id, user_id=user.id, owner_id=user.id, filename=upload.filename)
    guessed = layout(upload.table)
    run.choose(guess(guessed.headings), **vars(guessed))
    keep(run, upload.content)
    db.session.add(run)
    return run


@dataclass(frozen=True)
class Layout:
    """How a table is read: where its headings are, and what they say. `header` counts from 0; None: there are none."""

    encoding: str
    separator: str
    sheet: str
    header: int | None
    headings: list[str]
    rows: int


def layout(table: Table, header: str = "") -> Layout:
    """The layout of a table; `header` as a form says it: a row counted from 0, 'none', or '' to look for it."""
    row = int(header) if header.isascii() and header.isdigit() else None if header == "none" else header_row(table.rows)
    if row is not None and row >= len(table.rows):
        row = None
    headings = [clean(cell)[:60] for cell in table.rows[row]] if row is not None else []
    rows = sum(1 for _row in data_rows(table, row))
    return Layout(table.encoding, table.separator, table.sheet, row, headings, rows)


@dataclass(frozen=True)
class Reading:
    """A file as it is read this time, with what its columns are taken for; `problem`: why it was not read as wished."""

    table: Table
    layout: Layout
    mapping: dict[int, str]
    problem: str = ""

    @property
    def samples(self) -> list[list[str]]:
        return [cells for _line, cells in islice(data_rows(self.table, self.layout.header), SAMPLES)]


def reread(run: ImportRun, wishes: Mapping[str, str]) -> Reading:
    """Read the file of a run as somebody wishes, else as before; raises Unreadable if it is there no more."""
    how = {name: wishes.get(name, "") for name in ("encoding", "separator", "sheet")}
    if not any([*how.values(), wishes.get("header")]):
        return Reading(table := table_of(run), _kept(run, table), run.columns)
    try:
        table = table_of(run, **how)
    except Unreadable as error:
        table = table_of(run)
        return Reading(table, _kept(run, table), run.columns, why_unreadable(error.code, **error.values))
    wished = layout(table, wishes.get("header", ""))
    same = wished.headings == run.headings and run.columns
    return Reading(table, wished, run.columns if same else guess(wished.headings))


def _kept(run: ImportRun, table: Table) -> Layout:
    header = run.options.get("header")
    return layout(table, "none" if header is None else str(header))


def limit_mb() -> int:
    """The biggest file that is taken, in MB."""
    return min(MAX_BYTES, int(current_app.config["MAX_CONTENT_LENGTH"])) // 1024 // 1024
