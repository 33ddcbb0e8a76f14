"""Which life of the database this is: a random id in the file `epoch` beside the data, so not in a backup of it.

Phones that meet another epoch know that the server may have forgotten what it once confirmed.
"""

import os
import secrets
import tempfile
from pathlib import Path

from flask import current_app


def epoch() -> str:
    """The epoch of this house; begun if there is none yet."""
    path = _path()
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return _write(path, replace=False)


def renew() -> str:
    """A new life begins: called when a backup was restored."""
    return _write(_path(), replace=True)


def _path() -> Path:
    return Path(current_app.config["SETTINGS"].data) / "epoch"


def _write(path: Path, replace: bool) -> str:
    """Whole or not at all; of several processes that begin at once, one wins and all answer with its word."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".epoch-")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(8))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.replace(name, path) if replace else os.link(name, path)
    except FileExistsError:
        pass
    finally:
        if os.path.exists(name):
            os.unlink(name)
    return path.read_text().strip()
