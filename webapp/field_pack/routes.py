"""The pack and the search index, for the phone."""

from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request
from flask_login import current_user

from webapp.accounts.access import public
from webapp.field_pack import feed, phones, search_index
from webapp.field_pack.rendering import Reader
from webapp.field_pack.squeeze import squeezed, way
from webapp.foundation.i18n import tag

bp = Blueprint("field_pack", __name__)
blueprints = [bp]


@bp.get("/field-pack")
@public
def index() -> Response:
    """What has changed since `cursor`, a line each (docs/protocol.md). A phone that is signed out is told so (401)."""
    if not current_user.is_authenticated or current_user.must_change_password:
        abort(401)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    user = current_user._get_current_object()
    phones.hear(g.get("device_id"), user.id, request.args)
    pull = feed.begin(app, user, _reader(user.id), _edition(), request.args)
    encoding = way(request.accept_encodings)
    response = Response(
        squeezed(feed.stream(app, pull), encoding, pull.total <= feed.FEW), mimetype="application/x-ndjson"
    )
    response.headers.update(
        {"Doorstep-Protocol": str(feed.PROTOCOL), "Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    )
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


@bp.get("/customers/search-index")
def search() -> Response:
    """The index of one's own customers as a whole, for a phone that has no pack (yet)."""
    return jsonify(simple=search_index.simple(), rows=search_index.rows(current_user))


def _edition() -> str:
    """The release, the language and the colours: pages of different ones never mix."""
    return f"{current_app.config['BUILD']}.{tag()}.{current_user.scheme or ''}"


def _reader(user_id: str) -> Reader:
    told = {
        name: request.headers[name] for name in ("Accept-Language", "User-Agent", "Host") if name in request.headers
    }
    if language := request.cookies.get("language"):
        told["Cookie"] = f"language={language}"
    return Reader(user_id, g.get("device_id"), told)
