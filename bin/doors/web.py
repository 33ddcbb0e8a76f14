"""The child that serves: it prepares the data once, then becomes gunicorn's master with two workers.

Its workers are forked after the preparation, with every module already loaded; each makes an app of its own.
"""

import json
import os
from typing import Any

from gunicorn.app.base import BaseApplication

from doors import child
from doors.say import stop

WORKERS, THREADS = 2, 4
LONGEST_REQUEST = 120
"""Seconds a worker may be silent before it is replaced; a gthread worker speaks even while its threads are busy."""


def swing(argv: list[str]) -> None:
    """Serve on an open socket; argv is its number, the number of the pipe for news, and perhaps --empty."""
    child.live_with_parent()
    door, news, *options = argv
    tell(int(news), "prepared", {"demo": prepare(empty="--empty" in options)})
    Server(int(door), int(news)).run()


def prepare(empty: bool) -> bool:
    """Bring the database to its newest shape, and a new one to life with demo data unless empty.

    Returns whether the demo's people can sign in.
    """
    app = make_app()
    may_have_demo = not app.config["SETTINGS"].production
    with app.app_context():
        migrate()
        if may_have_demo and not empty and not has_people():
            load_demo(app)
        demo = may_have_demo and has_people("lin")
        close_connections()
    return demo


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
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from flask import current_app

    from webapp.foundation.db import db

    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    with db.engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_revision()
    if there != newest:
        flask_migrate.upgrade()


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


def tell(news: int, kind: str, details: dict[str, Any]) -> None:
    """Send one line of news to the parent; nobody listens any more after the first worker has started."""
    try:
        os.write(news, f"{kind} {json.dumps(details)}\n".encode())
    except BrokenPipeError:
        return


class Server(BaseApplication):
    """Gunicorn with the settings of this house."""

    def __init__(self, door: int, news: int) -> None:
        self.door, self.news = door, news
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"fd://{self.door}",
            "worker_class": "gthread",
            "workers": WORKERS,
            "threads": THREADS,
            "timeout": LONGEST_REQUEST,
            "graceful_timeout": 15,
            "keepalive": 15,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self.greet,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def greet(self, _worker: object) -> None:
        """A worker has made its app and answers."""
        tell(self.news, "serving", {})

    def load(self) -> Any:
        return make_app()
