"""Apps for tests that stand up a house of their own. Each has read nothing before; only the templates, whose compiling takes a
second, are compiled once in a process: Jinja knows them by a digest of their source."""

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


def an_app(settings: Settings) -> Flask:
    """As `create_app` makes it, of templates that may be compiled already."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = _compiled
    return app
