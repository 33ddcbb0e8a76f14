from typing import Any

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.foundation.db import as_id
from webapp.foundation.packing import is_packing
from webapp.foundation.pages import page
from webapp.outbox import delivery_routes, parcel_routes, queries

bp = Blueprint("outbox", __name__)
blueprints = [bp, delivery_routes.bp, parcel_routes.bp]


@bp.app_context_processor
def _counts() -> dict[str, Any]:
    """The number on the outbox tab of one who does not review: what came back to be mended."""
    if g.get("error_id") or is_packing() or not current_user.is_authenticated or current_user.may_review:
        return {}
    return {"nav_counts": {"outbox": queries.returned_count(current_user.id)}}


@bp.get("/outbox")
def index() -> ResponseReturnValue:
    before = as_id(request.args.get("before"))
    return page("outbox/index.html", outbox=queries.outbox(current_user.id, before), before=before)
