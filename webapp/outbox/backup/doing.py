"""A backup and a restore, from beginning to end."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import flask_migrate
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, inspect, text, update

from webapp.accounts.models import Device
from webapp.foundation import clock, filing
from webapp.foundation import epoch as epochs
from webapp.foundation.db import db
from webapp.foundation.files import Folder, store
from webapp.foundation.i18n import _
from webapp.foundation.settings import ROOT, VERSION
from webapp.outbox import durable
from webapp.outbox.backup import bundle, postgres, sqlite
from webapp.outbox.backup.bundle import DATABASE, FILES, KEY, Trouble

after_restore: list[Callable[[], None]] = []
"""What rooms above do with what came back, before anybody reads it."""


def back_up(target: Path, with_key: bool = False) -> int:
    """Write everything to this file while the house goes on; how many photos and notes are in it. Raises Trouble."""
    if target.exists():
        raise Trouble(_("%(file)s已经有了，换个名字。", file=target.name))
    key = _data() / KEY if with_key else None
    if key is not None and not key.exists():
        raise Trouble(_("数据文件夹里没有secret_key：密钥是环境变量给的。不加--with-key。"))
    with _folder(target.resolve().parent) as folder:
        made_at = clock.now()
        with _way().snapshot(db.engine, folder / DATABASE) as moment:
            phones, schema = durable.reached(moment), _schema(moment)
        told = {
            "version": VERSION,
            "schema": schema,
            "database": db.engine.dialect.name,
            "made_at": made_at.isoformat(),
        }
        files = bundle.pack(target, folder / DATABASE, store(), {**told, "phones": phones}, key)
    durable.remember(phones, made_at)
    return files


def restore(source: Path, sign_out: bool = False) -> Path:
    """Let the house be what this file holds; answers the folder in which lies what it was before. Raises Trouble, and then
    the data is as it was. Phones learn by the new epoch that they have to send again what the file lacks."""
    with _folder(_data()) as folder:
        manifest = bundle.unpack(source, folder)
        _refuse_what_does_not_fit(manifest)
        aside = _aside()
        db.session.remove()
        epochs.renew()
        _way().put_back(db.engine, folder / DATABASE, aside)
        _put_back_files(folder, aside)
        _bring_up_to_date()
        for work in after_restore:
            work()
    durable.remember(manifest["phones"], datetime.fromisoformat(manifest["made_at"]))
    if sign_out:
        with filing.transaction():
            db.session.execute(update(Device).where(Device.revoked_at.is_(None)).values(revoked_at=clock.now()))
    epochs.renew()  # again: a phone that asked in between has met the old data under the first new one
    return aside


def _refuse_what_does_not_fit(manifest: dict[str, Any]) -> None:
    if manifest["database"] != db.engine.dialect.name:
        raise Trouble(
            _("这份备份是%(theirs)s的，这里用的是%(ours)s。", theirs=manifest["database"], ours=db.engine.dialect.name)
        )
    known = {revision.revision for revision in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()}
    if manifest["schema"] and manifest["schema"] not in known:
        raise Trouble(_("这份备份是更新的版本做的。先把登门升级，再恢复。"))


def _schema(connection: Connection) -> str:
    """The revision of the tables; empty if they were laid without one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def _bring_up_to_date() -> None:
    """Tables of an older version become those of today: what is done before anybody reads is written for them."""
    if inspect(db.engine).has_table("alembic_version"):
        flask_migrate.upgrade()


def _put_back_files(folder: Path, aside: Path) -> None:
    """Photos, notes and perhaps the key; jobs that were waiting belong to the life that has ended."""
    (folder / FILES).mkdir(exist_ok=True)
    kept = store()
    if isinstance(kept, Folder):
        if kept.root.exists():
            kept.root.rename(aside / FILES)
        (folder / FILES).rename(kept.root)
    else:
        for path in (folder / FILES).rglob("*"):
            if path.is_file():
                kept.write(path.relative_to(folder / FILES).as_posix(), path.read_bytes(), "application/octet-stream")
    for path in _data().glob("jobs.sqlite3*"):
        path.rename(aside / path.name)
    if (folder / KEY).exists():
        if (_data() / KEY).exists():
            (_data() / KEY).rename(aside / KEY)
        (folder / KEY).rename(_data() / KEY)


def _aside() -> Path:
    """A new folder for what was there before, named by the time."""
    name = f"before-restore-{clock.local(clock.now()):%Y%m%d-%H%M%S}"
    for number in count(1):
        folder = _data() / (name if number == 1 else f"{name}-{number}")
        with suppress(FileExistsError):
            folder.mkdir()
            break
    return folder


def _way() -> Any:
    return postgres if db.engine.dialect.name == "postgresql" else sqlite


def _data() -> Path:
    return Path(current_app.config["SETTINGS"].data)


@contextmanager
def _folder(beside: Path) -> Iterator[Path]:
    """A folder for what is on its way, on the same disk, gone afterwards."""
    try:
        folder = Path(tempfile.mkdtemp(dir=beside, prefix=".backup-"))
    except OSError as error:
        raise Trouble(_("%(folder)s里写不进去：%(why)s", folder=str(beside), why=error.strerror)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
