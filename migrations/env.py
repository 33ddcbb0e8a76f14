"""How migrations run: in the app's own engine, one transaction, columns changed by copying where SQLite must."""

from alembic import context
from flask import current_app

from webapp.foundation.db import UtcDateTime, db, writing


def render_item(kind, item, autogen_context):
    """A UtcDateTime is a plain DateTime to the database, and migrations must not depend on our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


def skip_empty(_context, _revision, directives):
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def run() -> None:
    with current_app.extensions["migrate"].db.engine.connect() as connection, writing():
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
            process_revision_directives=skip_empty,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
