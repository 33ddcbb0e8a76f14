"""Apps for tests that stand up a house of their own. Each has read nothing before; only what takes long and depends on the
sources alone is made once in a process: the templates are compiled, the assets compressed. Both are known by digests."""

import shutil
import tempfile
from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from webapp.factory import create_app
from webapp.foundation.settings import Settings


class Compiled(BytecodeCache):
    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.known.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key] = bucket.bytecode_to_string()


_compiled = Compiled()
_folder = tempfile.TemporaryDirectory(prefix="doorstep-tests-")
_shelf = Path(_folder.name) / "assets"


def an_app(settings: Settings) -> Flask:
    """As `create_app` makes it, of templates and assets that may be ready."""
    if _shelf.exists():
        shutil.copytree(_shelf, settings.data / "assets", dirs_exist_ok=True)
    app = create_app(settings)
    if not _shelf.exists():
        shutil.copytree(settings.data / "assets", _shelf)
    app.jinja_env.bytecode_cache = _compiled
    return app
