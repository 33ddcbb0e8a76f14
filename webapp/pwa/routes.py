import json
from functools import cache

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, request, url_for
from sqlalchemy import text as sql
from werkzeug import Response as BaseResponse

from webapp.accounts.access import public
from webapp.foundation.db import db
from webapp.foundation.headers import ALWAYS
from webapp.foundation.pages import clean, page
from webapp.foundation.settings import VERSION
from webapp.pwa.manifest import MOST_FILES, manifest

bp = Blueprint("pwa", __name__)
blueprints = [bp]

MOST_TEXT = 1000
"""Of what is handed over, in characters: it travels in an address."""


@bp.get("/healthz")
@public
def health() -> Response:
    """Whether the server can answer: `ok`, version, build, database, schema (the migration that it stands at)."""
    schema = db.session.scalar(sql("SELECT version_num FROM alembic_version"))
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


@bp.get("/manifest.webmanifest", endpoint="manifest")
@public
def app_manifest() -> Response:
    """What the app is called and looks like on a phone's home screen, in the reader's language."""
    response = jsonify(manifest())
    response.headers["Content-Type"] = "application/manifest+json"
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@bp.get("/install")
def install() -> Response:
    """How to put the app on the home screen, browser by browser; the phone takes its card from here."""
    return page("pwa/install.html")


@bp.get("/new-report")
def new_report() -> Response:
    """For whom? `text`: what another app has handed over; `files`: how many files it had, which did not come along."""
    text, files = clean(request.args.get("text"))[:MOST_TEXT], request.args.get("files", 0, int)
    return page("pwa/new_report.html", text=text, files=min(max(files, 0), MOST_FILES))


@bp.post("/new-report")
def share() -> BaseResponse:
    """Another app hands something over and no worker is there to keep it: the words go on, the files have to be chosen again."""
    said = [clean(request.form.get(name)) for name in ("title", "text", "url")]
    text, files = "\n".join(filter(None, said))[:MOST_TEXT], len(request.files.getlist("photos"))
    return redirect(url_for("pwa.new_report", text=text or None, files=files or None), 303)
