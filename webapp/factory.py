"""The wiring of the house, and nothing else."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.accounts import sessions
from webapp.foundation import assets, errors, files, headers, i18n, logs, origin, pages, routing
from webapp.foundation.db import db, prepare_engine
from webapp.foundation.settings import ROOT, Settings, from_environment
from webapp.outbox import gate

ROOMS = (
    "accounts",
    "outbox",
    "push",
    "customers",
    "attention",
    "playbook",
    "bargain",
    "worth",
    "visits",
    "urgent",
    "spin",
    "reviews",
    "door",
    "agenda",
    "insight",
    "field_pack",
    "pwa",
    "privacy",
)
"""From the cellar up. What a room brings (tables, listeners, words, doors) is found by the names of its modules."""


class Doorstep(Flask):
    """A Flask whose every unsafe request goes through the gate."""

    def dispatch_request(self):  # type: ignore[no-untyped-def]
        return gate.pass_through(super().dispatch_request)

    def view_of_this_request(self) -> Any:
        """What the view of this request answers, inside a transaction that somebody else holds (a batch's)."""
        return super().dispatch_request()


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app from settings (from the environment if none are given)."""
    settings = settings or from_environment()
    app = Doorstep("webapp", root_path=str(ROOT), static_folder=None, template_folder="templates")
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_upload,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SESSION_COOKIE_NAME="doorstep_notice",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # the log has a fault's statement, not what was written
        COMPRESS_MIMETYPES=["text/html", "text/css", "application/javascript", "image/svg+xml", "application/x-ndjson"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_STREAMS=False,
    )
    _lay_the_cellar(app)
    _open_the_rooms(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    return app


def _lay_the_cellar(app: Flask) -> None:
    db.init_app(app)
    app.extensions["transaction"] = gate.transaction
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    Compress(app)
    logs.prepare(app)
    routing.prepare(app)
    origin.guard(app)
    sessions.prepare(app)
    i18n.prepare(app)
    pages.prepare(app)
    assets.prepare(app)
    files.prepare(app)
    errors.prepare(app)
    headers.dress(app)
    with app.app_context():
        prepare_engine(db.engine)


def _open_the_rooms(app: Flask) -> None:
    for brought in ("models", "listeners"):
        for room in ROOMS:
            if find_spec(f"webapp.{room}.{brought}"):
                import_module(f"webapp.{room}.{brought}")
    for room in ROOMS:
        if find_spec(f"webapp.{room}.words"):
            app.jinja_env.globals[f"{room}_words"] = import_module(f"webapp.{room}.words")
        for blueprint in import_module(f"webapp.{room}.routes").blueprints:
            app.register_blueprint(blueprint)
    import_module("webapp.cli").prepare(app)
    import_module("webapp.jobs").prepare(app)
