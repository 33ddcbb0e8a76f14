"""What comes after the transaction of an erasure: files, what the database file itself still holds, and the ledger."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import text

from webapp.foundation import clock, filing, later
from webapp.foundation.db import db
from webapp.foundation.files import store
from webapp.privacy import ledger
from webapp.privacy.models import CLOCK, Erasure


@later.work
def finish(erasure_id: str, keys: list[str]) -> None:
    """May run twice, and be ended anywhere: the ledger has its line, the files are gone, no old copy lies in the database's
    files; then it is finished."""
    erasure = db.session.get(Erasure, erasure_id)
    if erasure is None:
        return
    ledger.write_down(erasure)
    for key in keys:
        store().delete(key)
    scrub()
    with filing.transaction():
        erasure = db.session.get_one(Erasure, erasure_id)
        erasure.finished_at = erasure.finished_at or clock.here()
    scrub()
    later.put_off(clear_aside, erasure_id, at=erasure.at + CLOCK - timedelta(days=1))


def scrub() -> None:
    """SQLite overwrites what it deletes (foundation.db); here its log is put into the file and cut to nothing. PostgreSQL
    clears away by itself what no transaction sees any more; VACUUM asks it to do so now."""
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if db.engine.dialect.name == "sqlite":
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
            if busy:
                raise TimeoutError("somebody is reading; tried again soon")
        else:
            connection.execute(text("VACUUM"))


@later.work
def clear_aside(erasure_id: str) -> None:
    """What a restore has put aside before this erasure holds the person still: it goes before the fifteen days are over."""
    erasure = db.session.get(Erasure, erasure_id)
    if erasure is None:
        return
    for folder in Path(current_app.config["SETTINGS"].data).glob("before-restore-*"):
        if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < erasure.at:
            shutil.rmtree(folder, ignore_errors=True)
    if db.engine.dialect.name == "postgresql":
        with filing.transaction():
            found = db.session.scalars(text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore_%'"))
            newest = f"before_restore_{clock.local(erasure.at):%Y%m%d_%H%M%S}"
            for schema in (name for name in found.all() if name < newest):
                db.session.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
