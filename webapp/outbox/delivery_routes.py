"""The letterbox as a phone uses it: a batch of entries, then their attachments by pieces."""

import gzip
import json
import zlib
from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, make_response, request
from flask_login import current_user

from webapp.accounts.access import public
from webapp.accounts.models import Device
from webapp.foundation import clock
from webapp.foundation.db import as_id, db
from webapp.foundation.epoch import epoch
from webapp.outbox import delivery
from webapp.outbox.arrivals import Announced
from webapp.outbox.user_hash import user_hash

bp = Blueprint("delivery", __name__)


@bp.post("/outbox")
@public
def deliver() -> Response:
    """Take in a batch; 401 with our header when signed out or when the batch is another user's than the session."""
    batch = _body()
    try:
        entries = delivery.read(batch)
    except delivery.Malformed as error:
        return _answer(400, error=str(error))
    if not current_user.is_authenticated or batch.get("user") != user_hash(current_user.id):
        return _answer(
            401, batch_id=batch["batch_id"], answers=[{"id": e.id, "result": "unauthorised"} for e in entries]
        )
    _note_waiting(batch)
    answers = list(delivery.deliver(entries))
    return _answer(200, batch_id=batch["batch_id"], epoch=epoch(), now=clock.now().isoformat(), answers=answers)


def _answer(status: int, **body: Any) -> Response:
    response = make_response(jsonify(protocol=delivery.PROTOCOL, **body), status)
    response.headers["Doorstep-Protocol"] = str(delivery.PROTOCOL)
    response.headers["Cache-Control"] = "no-store"
    return response


def _body() -> Any:
    """The JSON of the batch; gzip is unpacked up to the limit, and not a byte further."""
    raw = request.get_data(cache=False)
    try:
        if request.headers.get("Content-Encoding") == "gzip":
            unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
            raw = unpacker.decompress(raw, delivery.MOST_BYTES + 1)
        if len(raw) > delivery.MOST_BYTES:
            abort(413)
        return json.loads(raw)
    except (ValueError, zlib.error, gzip.BadGzipFile):
        return None


def _note_waiting(batch: dict[str, Any]) -> None:
    """What this phone says it still holds, for whoever leads its owner."""
    device, waiting = db.session.get(Device, g.get("device_id")), batch.get("waiting")
    if device is not None and isinstance(waiting, dict):
        device.note_waiting(waiting, str(batch.get("build", "")))


@bp.route("/attachments/<id:attachment_id>/pieces", methods=["HEAD", "GET"])
def how_far(attachment_id: str) -> Response:
    """`Upload-Offset`: how many bytes are here."""
    return _offset(_mine(attachment_id), 204)


@bp.patch("/attachments/<id:attachment_id>/pieces")
def take_piece(attachment_id: str) -> Response:
    """The next piece, at most 256 KiB, at `Upload-Offset`; 409 with the true offset if it does not fit."""
    announced = _mine(attachment_id)
    offset = request.headers.get("Upload-Offset", "")
    fits = offset.isdigit() and announced.take_piece(int(offset), request.get_data(cache=False))
    return _offset(announced, 204 if fits or announced.complete_at else 409)


def _offset(announced: Announced, status: int) -> Response:
    response = make_response("", status)
    response.headers["Doorstep-Protocol"] = str(delivery.PROTOCOL)
    response.headers["Upload-Offset"] = str(announced.size if announced.complete_at else announced.have)
    response.headers["Upload-Complete"] = "?1" if announced.complete_at else "?0"
    return response


def _mine(attachment_id: str) -> Announced:
    announced = db.session.get(Announced, as_id(attachment_id))
    if announced is None or announced.user_id != current_user.id:
        abort(404)
    return announced
