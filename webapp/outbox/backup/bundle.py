"""The file itself: a compressed tar of `database`, `files/…`, perhaps `secret_key`, and last of all `manifest.json`, whose
presence proves that the rest is whole."""

import json
import os
import shutil
import tarfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from webapp.foundation.files import Store
from webapp.foundation.i18n import _

FORMAT = 1
DATABASE, FILES, KEY, MANIFEST = "database", "files", "secret_key", "manifest.json"


class Trouble(Exception):
    """Why it cannot be done, in a sentence for the person at the terminal."""


def pack(target: Path, database: Path, store: Store, manifest: dict[str, Any], key: Path | None) -> int:
    """Write the file, whole or not at all, readable by its owner alone; how many photos and notes are in it."""
    part = target.with_name(target.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as tar:
                tar.add(database, DATABASE)
                count = sum(_add_stored(tar, store, name) for name in store.names())
                if key is not None:
                    tar.add(key, KEY)
                _add(tar, MANIFEST, json.dumps({**manifest, "format": FORMAT, "count": count}, indent=1).encode())
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count


def _add_stored(tar: tarfile.TarFile, store: Store, name: str) -> bool:
    """A photo or note; one that was deleted meanwhile is none of the database's of that moment or is not needed any more."""
    try:
        _add(tar, f"{FILES}/{name}", store.read(name))
    except KeyError:
        return False
    return True


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, BytesIO(content))


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Lay its contents into this folder and answer the manifest; raises Trouble if it is damaged or no backup of ours."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            for member in tar:
                _lay(tar, member, folder)
        manifest = json.loads((folder / MANIFEST).read_text())
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError) as error:
        raise Trouble(_("%(file)s读不出来：不是备份，或者坏了、没存完整。", file=source.name)) from error
    if manifest.get("format") != FORMAT:
        raise Trouble(_("这份备份是更新的版本做的。先把登门升级，再恢复。"))
    return dict(manifest)


def _lay(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Only plain files under the names that we write; whatever else a file may hold is no backup of ours."""
    path = PurePosixPath(member.name)
    known = member.name in (DATABASE, KEY, MANIFEST) or path.parts[:1] == (FILES,)
    if not member.isfile() or path.is_absolute() or ".." in path.parts or not known:
        raise tarfile.TarError(member.name)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    content = tar.extractfile(member)
    assert content is not None
    with content, target.open("wb") as out:
        shutil.copyfileobj(content, out)
    target.chmod(0o600)
