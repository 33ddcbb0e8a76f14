"""The database itself refuses to change or delete a line of the audit log, whoever asks for it."""

from typing import Any

from sqlalchemy import Connection, event, text

from webapp.accounts.models.audit import AuditEntry
from webapp.foundation import filing
from webapp.foundation.db import db
from webapp.foundation.later import at_start

REFUSED = "the audit log is only added to"
_SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS audit_entry_stays BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    f"CREATE TRIGGER IF NOT EXISTS audit_entry_remains BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
)
_POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION audit_entry_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
    "CREATE OR REPLACE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry"
    " FOR EACH ROW EXECUTE FUNCTION audit_entry_refuses()",
    "CREATE OR REPLACE TRIGGER audit_entry_remains BEFORE TRUNCATE ON audit_entry"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuses()",
)
_LAID = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'audit_entry'::regclass AND NOT tgisinternal",
}


def lay(connection: Connection) -> None:
    """Put the lock on; one that is there already stays."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.execute(text(statement))


def lift(connection: Connection) -> None:
    """Take the lock off: for tests, which begin with an empty house."""
    on = "" if connection.dialect.name == "sqlite" else " ON audit_entry"
    for name in ("audit_entry_stays", "audit_entry_remains"):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{on}"))


def is_laid(connection: Connection) -> bool:
    return connection.scalar(text(_LAID[connection.dialect.name])) == 2


@event.listens_for(AuditEntry.__table__, "after_create")
def _with_its_table(_table: Any, connection: Connection, **_kwargs: Any) -> None:
    lay(connection)


def _at_every_start() -> None:
    """A database whose tables were laid by hand, or whose lock somebody took off, has it again."""
    with filing.transaction():
        lay(db.session.connection())


at_start.append(_at_every_start)
