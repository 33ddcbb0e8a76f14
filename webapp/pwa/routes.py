from flask import Blueprint, Response, current_app, jsonify, make_response
from sqlalchemy import text

from webapp.accounts.access import public
from webapp.foundation.db import db
from webapp.foundation.settings import VERSION

bp = Blueprint("pwa", __name__)
blueprints = [bp]


@bp.get("/healthz")
@public
def health() -> Response:
    """Whether the server can answer: `ok`, version, database, schema (the migration it stands at)."""
    schema = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return jsonify(ok=True, version=VERSION, build=current_app.config["BUILD"], database=db.engine.dialect.name, schema=schema)


@bp.get("/service-worker.js")
@public
def worker() -> Response:
    """The worker at the root of the site; its modules come from the build of this release."""
    build = current_app.config["BUILD"]
    response = make_response(f'import "/assets/{build}/service_worker/start.js";\n')
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Service-Worker-Allowed"] = "/"
    return response
