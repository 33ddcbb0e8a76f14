"""PostgreSQL's part: pg_dump and pg_restore, as the machine has them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from webapp.foundation.i18n import _
from webapp.outbox.backup.bundle import Trouble

ASIDE = "before_restore_"


@contextmanager
def snapshot(engine: Engine, target: Path) -> Iterator[Connection]:
    """Write this moment of the database to the file; inside, a connection that reads the same moment."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        name = connection.scalar(text("SELECT pg_export_snapshot()"))
        others = f"--exclude-schema={ASIDE}*"
        _run(
            engine,
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            others,
            f"--snapshot={name}",
            f"--file={target}",
        )
        yield connection


def put_back(engine: Engine, source: Path, aside: Path) -> None:
    """Let the database hold what this file holds; what it held before stays in a schema named after `aside`.

    If the file cannot be laid in, everything is as it was before.
    """
    _program("pg_restore")
    engine.dispose()
    before = aside.name.replace("-", "_")
    _do(engine, f'ALTER SCHEMA public RENAME TO "{before}"', "CREATE SCHEMA public")
    try:
        _run(engine, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
             f"--dbname={engine.url.database}", str(source))  # fmt: skip
    except Trouble:
        _do(engine, "DROP SCHEMA public CASCADE", f'ALTER SCHEMA "{before}" RENAME TO public')
        raise
    (aside / "database.txt").write_text(
        f"The database of before lies in the schema {before} of {engine.url.database}.\n"
    )


def _do(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _run(engine: Engine, program: str, *arguments: str) -> None:
    """Run it on the app's database; who and where goes by the environment, so that no list of processes shows it."""
    command = [_program(program), *arguments]
    done = subprocess.run(command, env={**os.environ, **_where(engine)}, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise Trouble(_("%(program)s没做成：%(why)s", program=program, why=last))


def _where(engine: Engine) -> dict[str, str]:
    url = engine.url
    said: dict[str, Any] = {"PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
    said |= {"PGDATABASE": url.database, "PGSSLMODE": url.query.get("sslmode")}
    if not url.host and "host" in url.query:
        said["PGHOST"] = url.query["host"]
    return {name: str(value) for name, value in said.items() if value}


def _program(name: str) -> str:
    """Debian keeps the programs of each version outside PATH; the newest is taken."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))
    if found is None:
        raise Trouble(
            _("这台机器上没有%(program)s。装上PostgreSQL的客户端程序（Debian：postgresql-client）再来。", program=name)
        )
    return found
