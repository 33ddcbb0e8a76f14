"""The migrations lead from nothing to the tables as the models have them, and all the way back."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from webapp.factory import create_app
from webapp.foundation.db import UtcDateTime, db
from webapp.foundation.settings import from_environment


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """An app whose database has not been touched yet."""
    app = create_app(replace(from_environment({"DOORSTEP_DATA": str(tmp_path)}), secret_key="for tests only"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[Any]:
    """What the database lacks of the models, or has beyond them."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": same_type, "compare_server_default": True}
        )
        return list(compare_metadata(context, db.metadata))


def same_type(_context: Any, _column: Any, _metadata_column: Any, there: Any, wanted: Any) -> bool | None:
    """A UtcDateTime is a plain date and time to the database."""
    return False if isinstance(wanted, UtcDateTime) and "DATETIME" in str(there).upper() else None


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_make_the_tables_of_the_models(empty: Flask) -> None:
    flask_migrate.upgrade()
    assert tables() == set(db.metadata.tables)
    assert differences() == []


def test_the_comparison_sees_what_a_migration_forgets(empty: Flask) -> None:
    flask_migrate.upgrade()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_customer_due")
        connection.exec_driver_sql("ALTER TABLE promise ADD COLUMN extra TEXT")
    assert len(differences()) == 2


@pytest.mark.slow
def test_every_migration_can_be_taken_back_and_made_again(empty: Flask) -> None:
    steps = len(list(ScriptDirectory(empty.extensions["migrate"].directory).walk_revisions()))
    flask_migrate.upgrade()
    for _step in range(steps):
        flask_migrate.downgrade()
    assert tables() == set()
    flask_migrate.upgrade()
    assert differences() == []


TOMORROW = """down_revision, revision = {before!r}, "tomorrow"
def upgrade():
    from alembic import op
    op.execute("CREATE TABLE of_tomorrow (id INTEGER)")
"""


@pytest.mark.slow
def test_a_backup_of_older_tables_has_those_of_today_once_it_is_restored(empty: Flask, tmp_path: Path) -> None:
    flask_migrate.upgrade()
    run, file = empty.test_cli_runner().invoke, str(tmp_path / "older.tar.gz")
    run(args=["backup", file])
    known = empty.extensions["migrate"].migrate
    steps = shutil.copytree(known.directory, tmp_path / "steps")
    before = ScriptDirectory(str(steps)).get_current_head()
    (steps / "versions/tomorrow.py").write_text(TOMORROW.format(before=before))
    known.directory = str(steps)
    assert run(args=["restore", file, "--yes"]).exit_code == 0
    assert "of_tomorrow" in tables()


def test_there_is_one_line_of_migrations_and_each_says_what_it_is_for(empty: Flask) -> None:
    script = ScriptDirectory(empty.extensions["migrate"].directory)
    assert len(script.get_heads()) == 1
    assert [step.revision for step in script.walk_revisions() if len((step.doc or "").split()) < 3] == []
