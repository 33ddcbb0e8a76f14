"""SQLite's part: its own online backup, which takes one moment of a database that others go on writing to."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine

from webapp.foundation.i18n import _
from webapp.outbox.backup.bundle import Trouble


@contextmanager
def snapshot(engine: Engine, target: Path) -> Iterator[Connection]:
    """Write this moment of the database to the file; inside, a connection that reads the same moment."""
    _copy(_path(engine), target)
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        _check(copy, target)
    reader = create_engine(f"sqlite:///{target}")
    try:
        with reader.connect() as connection:
            yield connection
    finally:
        reader.dispose()


def put_back(engine: Engine, source: Path, aside: Path) -> None:
    """Let the database hold what this file holds, in one transaction; what it held before lies in `aside`."""
    with closing(sqlite3.connect(source)) as copy:
        _check(copy, source)
    engine.dispose()
    if _path(engine).exists():
        _copy(_path(engine), aside / "doorstep.sqlite3")
    _copy(source, _path(engine))


def _path(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=60)) as before, closing(sqlite3.connect(target, timeout=60)) as after:
        before.backup(after)


def _check(database: sqlite3.Connection, path: Path) -> None:
    try:
        found = database.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise Trouble(_("里面的数据库坏了：%(why)s", why=found))
