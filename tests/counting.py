"""How many queries something asks."""

import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from sqlalchemy import event

from webapp.foundation.db import db


@contextlib.contextmanager
def count_queries() -> Iterator[SimpleNamespace]:
    """`with count_queries() as counted: …; counted.n` statements were sent; `counted.statements` says which."""
    counted = SimpleNamespace(n=0, statements=[])

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            counted.n += 1
            counted.statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
