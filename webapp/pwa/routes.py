import json
from functools import cache

from flask import Blueprint, Response, current_app, jsonify, make_response
from sqlalchemy import text

from webapp.accounts.access import public
from webapp.foundation.db import db
from webapp.foundation.headers import ALWAYS
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
    """The worker at the root of the site; its modules come from the build of this release. With DOORSTEP_WORKER=off it is
    one that gives every page back to the line and goes, and keeps what is unsent."""
    build = current_app.config["BUILD"]
    if current_app.config["SETTINGS"].worker:
        headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", **ALWAYS}
        begin = json.dumps({"build": build, "shell": shell(build), "headers": headers})
        script = f'import {{ start }} from "/assets/{build}/service_worker/start.js";\n\nstart({begin});\n'
    else:
        script = f'import {{ leave }} from "/assets/{build}/service_worker/leave.js";\n\nleave();\n'
    response = make_response(script)
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    return response


@cache
def shell(build: str) -> list[str]:
    """What the pages of this build link, under its folder: styles, scripts, icons that are drawn."""
    folder = current_app.config["SETTINGS"].data / "assets" / build
    files = sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in (".css", ".js", ".svg")
    )
    return [name for name in files if not name.startswith("service_worker/")]


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
