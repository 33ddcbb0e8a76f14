"""What happens to the data before the house opens: its newest shape, nobody who was erased, and demo data if it is new and
so wished."""

from typing import Any

from doors.say import stop


def prepare(empty: bool) -> bool:
    """Bring the database to its newest shape, and a new one to life with demo data unless empty.

    Returns whether the demo's people can sign in. Ends with status 1 and a sentence if the database cannot be used.
    """
    app = make_app()
    with app.app_context():
        migrate()
        erase_again()
        return bring_to_life(app, empty)


def make_app() -> Any:
    """The app; a setting that cannot be right ends the start with its sentence."""
    from webapp.factory import create_app
    from webapp.foundation.settings import BadSetting

    try:
        return create_app()
    except BadSetting as error:
        stop(str(error))


def migrate() -> None:
    """Run the migrations that the database lacks; asking costs one query."""
    import flask_migrate
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError
    from flask import current_app

    steps = ScriptDirectory(current_app.extensions["migrate"].directory)
    there = shape()
    try:
        if there:
            steps.get_revision(there)
    except CommandError as error:
        stop(f"This version of Doorstep is older than its database, and leaves it alone: {error}")
    if there != steps.get_current_head():
        flask_migrate.upgrade()


def erase_again() -> None:
    """Whoever was erased is not in an older database either, put in by whatever means: not for one request."""
    from webapp.privacy.replaying import replay

    replay()


def shape() -> str | None:
    """The last migration that the database has been through; None if it is new."""
    from alembic.runtime.migration import MigrationContext
    from sqlalchemy.exc import OperationalError

    from webapp.foundation.db import db

    try:
        with db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        stop(f"Doorstep cannot use its database: {error.orig}")


def bring_to_life(app: Any, empty: bool) -> bool:
    """Load the demo if nobody lives here yet; never into a house that works for real. Leaves no connection open."""
    allowed = not app.config["SETTINGS"].production
    if allowed and not empty and not has_people():
        load_demo(app)
    has_demo = allowed and has_people("lin")
    close_connections()
    return has_demo


def has_people(username: str | None = None) -> bool:
    """Whether anybody can sign in, or this one."""
    from sqlalchemy import select

    from webapp.accounts.models import User
    from webapp.foundation.db import db

    query = select(User.id).limit(1)
    return db.session.scalar(query.where(User.username == username) if username else query) is not None


def load_demo(app: Any) -> None:
    """The same as `bin/flask demo load`."""
    from flask.cli import ScriptInfo

    app.cli.main(args=["demo", "load"], obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)


def close_connections() -> None:
    """Leave nothing open that a forked worker must not share."""
    from webapp.foundation.db import db
    from webapp.jobs import huey

    db.session.remove()
    db.engine.dispose()
    huey.storage.close()
