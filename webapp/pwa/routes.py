import json

from flask import Blueprint, Response, current_app, jsonify, make_response
from sqlalchemy import text

from webapp.accounts.access import public
from webapp.foundation.db import db
from webapp.foundation.i18n import _, tag
from webapp.foundation.pages import page
from webapp.foundation.settings import VERSION

bp = Blueprint("pwa", __name__)
blueprints = [bp]


@bp.get("/healthz")
@public
def health() -> Response:
    """Whether the server can answer: `ok`, version, build, database, schema (the migration that it stands at)."""
    schema = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return jsonify(
        ok=True, version=VERSION, build=current_app.config["BUILD"], database=db.engine.dialect.name, schema=schema
    )


@bp.get("/service-worker.js")
@public
def worker() -> Response:
    """The worker at the root of the site; its modules come from the build of this release."""
    build = current_app.config["BUILD"]
    shell = [f"/assets/{build}/{name}" for name in ("css/app.css", "vendor/htmx.js", "js/app.js", "icons/icons.svg")]
    begin = json.dumps({"build": build, "shell": shell})
    response = make_response(f'import {{ start }} from "/assets/{build}/service_worker/start.js";\n\nstart({begin});\n')
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    return response


@bp.get("/offline")
@public
def offline() -> Response:
    """What the worker shows when a page cannot be reached; it names nobody."""
    return page("pwa/offline.html")


@bp.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """What the app is called and looks like on a phone's home screen, in the reader's language."""
    icons = f"/assets/{current_app.config['BUILD']}/icons"
    response = jsonify(
        id="/",
        name=_("登门"),
        short_name=_("登门"),
        description=_("敲门之前，都准备好了：客户、计划、话术和拜访报告，没信号也能用。"),
        lang=tag(),
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#f5f4ee",
        theme_color="#f5f4ee",
        icons=[
            {"src": f"{icons}/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": f"{icons}/icon-512.png", "sizes": "512x512", "type": "image/png"},
            {"src": f"{icons}/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
        shortcuts=[
            {"name": _("今天"), "url": "/"},
            {"name": _("客户"), "url": "/customers"},
            {"name": _("话术"), "url": "/playbook"},
        ],
    )
    response.headers["Content-Type"] = "application/manifest+json"
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response
