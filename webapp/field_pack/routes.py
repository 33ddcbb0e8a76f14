"""The packing list, for the phone."""

import json
from collections.abc import Iterator

from flask import Blueprint, Response, stream_with_context
from flask_login import current_user

from webapp.field_pack.contents import pages
from webapp.foundation import clock

bp = Blueprint("field_pack", __name__)
blueprints = [bp]


@bp.get("/field-pack")
def index() -> Response:
    """One JSON object a line: `{"url": …}` for each page that this user's phone should carry."""

    def lines() -> Iterator[str]:
        for url in pages(current_user, clock.today()):
            yield json.dumps({"url": url}) + "\n"

    return Response(stream_with_context(lines()), mimetype="application/x-ndjson")
