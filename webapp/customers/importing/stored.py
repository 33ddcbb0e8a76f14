"""The file of a run, kept beside the data from its upload to the end of its import."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from webapp.customers.importing.models import ImportFault, ImportRun
from webapp.customers.importing.reading import Table, Unreadable, read
from webapp.customers.importing.rows import data_rows
from webapp.customers.importing.sorting import Row
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.files import store

ABANDONED = timedelta(days=2)


def keep(run: ImportRun, content: bytes) -> None:
    run.stored_as = f"imports/{run.id}"
    store().write(run.stored_as, content, "application/octet-stream")


def table_of(run: ImportRun, **how: str) -> Table:
    """The file as it is read now; raises Unreadable, with the code 'gone' if the file is there no more."""
    how = how or {name: run.options.get(name) or "" for name in ("encoding", "separator", "sheet")}
    try:
        content = store().read(run.stored_as)
    except KeyError as error:
        raise Unreadable("gone") from error
    return read(content, **how)


def rows_of(run: ImportRun, table: Table | None = None) -> list[Row]:
    """The rows of customers, as the run says they are to be found; raises Unreadable."""
    return list(data_rows(table or table_of(run), run.options.get("header")))


def clear_away() -> None:
    """Throw away the files of runs that have ended, and runs that were begun two days ago and never went on. The
    caller holds a transaction; a file that is deleted twice, or before the row forgets it, does no harm."""
    ended = or_(ImportRun.state.in_(("done", "stopped", "failed")), _abandoned())
    for key in db.session.scalars(select(ImportRun.stored_as).where(ImportRun.stored_as != "", ended)):
        store().delete(key)
    db.session.execute(update(ImportRun).where(ImportRun.stored_as != "", ended).values(stored_as=""))
    db.session.execute(delete(ImportRun).where(_abandoned()))


def _abandoned() -> ColumnElement[bool]:
    return and_(ImportRun.state == "mapping", ImportRun.created_at < clock.now() - ABANDONED)


def forget(run: ImportRun) -> None:
    """Throw the run and its file away."""
    store().delete(run.stored_as or f"imports/{run.id}")
    db.session.execute(delete(ImportFault).where(ImportFault.run_id == run.id))
    db.session.delete(run)
