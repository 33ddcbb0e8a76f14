"""What many tests begin with is made once: the rows of all tables, kept, and laid out afresh for each."""

from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.engine import Connection

from webapp.foundation.db import db

Rows = list[tuple[Table, list[dict[str, Any]]]]
_tables: list[Table] = []


def keep() -> Rows:
    """All rows there are, parents first."""
    with db.engine.connect() as connection:
        rows = [(table, [dict(row) for row in connection.execute(select(table)).mappings()]) for table in tables()]
    return [(table, kept) for table, kept in rows if kept]


def since(before: Rows) -> Rows:
    """The rows that have come since; one that only says something else now is not among them."""
    known = {table: {_key(table, row) for row in kept} for table, kept in before}
    new = [(table, [row for row in kept if _key(table, row) not in known.get(table, set())]) for table, kept in keep()]
    return [(table, came) for table, came in new if came]


def _key(table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.key] for column in table.primary_key)


def put_back(rows: Rows) -> None:
    """Let the database hold these rows and no others."""
    _lay(rows, instead=True)


def add(rows: Rows) -> None:
    """Let the database hold these rows too."""
    _lay(rows, instead=False)


def _lay(rows: Rows, instead: bool) -> None:
    db.session.rollback()
    db.session.expire_all()
    with db.engine.begin() as connection:
        if instead:
            empty(connection)
        for table, kept in rows:
            connection.execute(insert(table), kept)


def empty(connection: Connection) -> None:
    """Every table, past all that SQLAlchemy does for a statement; in one where the database takes several at once."""
    statements = [f'DELETE FROM "{table.name}"' for table in reversed(tables())]
    if connection.dialect.name == "sqlite":
        for statement in statements:
            connection.connection.execute(statement)  # type: ignore[attr-defined]
    else:
        connection.exec_driver_sql(";".join(statements))


def tables() -> list[Table]:
    """Parents first; sorted once, when all rooms have brought theirs."""
    if not _tables:
        _tables.extend(db.metadata.sorted_tables)
    return _tables
