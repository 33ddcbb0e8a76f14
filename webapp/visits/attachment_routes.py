"""The photos and voice notes of reports, for those who may read the report. An attachment never changes."""

from flask import Blueprint, abort, make_response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import find_or_404
from webapp.visits.models import Attachment
from webapp.visits.report_queries import attachments_for

bp = Blueprint("attachments", __name__)


@bp.get("/attachments/<id:attachment_id>")
def show(attachment_id: str) -> ResponseReturnValue:
    """The file; `?size=thumb` is a photo's small one. A player may ask for a part of a voice note (Range)."""
    piece = find_or_404(attachments_for(current_user).where(Attachment.id == attachment_id))
    try:
        content = piece.read(small=request.args.get("size") == "thumb")
    except KeyError:
        abort(404)
    response = make_response(content)
    response.content_type = piece.media_type
    response.headers["Content-Disposition"] = f'inline; filename="{piece.filename}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; img-src 'self'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.set_etag(f"{piece.sha256[:32]}{'-thumb' if request.args.get('size') == 'thumb' else ''}")
    return response.make_conditional(request, accept_ranges=True, complete_length=len(content))
