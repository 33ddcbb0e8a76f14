"""The letterbox as a phone uses it: a batch of entries, then their attachments by pieces."""

import gzip
import json
import zlib
from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, make_response, request
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.accounts.access import public
from webapp.accounts.models import Device
from webapp.accounts.models.device import Lying, count_of
from webapp.foundation import clock
from webapp.foundation.db import as_id, db
from webapp.foundation.epoch import epoch
from webapp.outbox import entries, screening
from webapp.outbox.arrivals import PIECE, Announced
from webapp.outbox.late import tell_of_late_ones
from webapp.outbox.user_hash import user_hash

bp = Blueprint("delivery", __name__)


@bp.post("/outbox")
@public
def deliver() -> Response:
    """Take in a batch; 401 with our header when signed out or when the batch is another user's than the session."""
    try:
        batch = _body()
    except RequestEntityTooLarge:
        return _answer(413, error="size")
    try:
        sent = entries.read(batch)
    except entries.Malformed as error:
        return _answer(400, error=str(error))
    if not _is_of_this_session(batch):
        return _answer(401, batch_id=batch["batch_id"], answers=[{"id": e.id, "result": "unauthorised"} for e in sent])
    if not is_of_this_life(batch):
        return _answer(200, batch_id=batch["batch_id"], epoch=epoch(), now=clock.now().isoformat(), answers=[])
    device = db.session.get(Device, g.get("device_id"))
    if device is not None and (seconds := device.take_batch()):
        return _answer(429, error="busy", retry_after=seconds)
    answers = list(screening.deliver(sent, phone_id := as_id(str(batch.get("device"))) or ""))
    if device is not None:
        _note_phone(device, phone_id, batch, answers)
    tell_of_late_ones(current_user.id, sent, answers)
    return _answer(200, batch_id=batch["batch_id"], epoch=epoch(), now=clock.now().isoformat(), answers=answers)


def _answer(status: int, **body: Any) -> Response:
    response = make_response(jsonify(protocol=entries.PROTOCOL, **body), status)
    response.headers["Doorstep-Protocol"] = str(entries.PROTOCOL)
    response.headers["Cache-Control"] = "no-store"
    if "retry_after" in body:
        response.headers["Retry-After"] = str(body["retry_after"])
    return _squeezed(response)


def _squeezed(response: Response) -> Response:
    """Fifty answers are mostly ids that are said three times."""
    response.vary.add("Accept-Encoding")
    if "gzip" in request.headers.get("Accept-Encoding", "") and len(response.get_data()) > 500:
        response.set_data(gzip.compress(response.get_data(), 6))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_of_this_session(batch: dict[str, Any]) -> bool:
    """Whether the one who is signed in wrote it; one who still has to choose a password is not in yet."""
    inside = current_user.is_authenticated and not current_user.must_change_password
    return inside and batch.get("user") == user_hash(current_user.id)


def is_of_this_life(batch: dict[str, Any]) -> bool:
    """Whether this phone knows of the last restore; one that does not would send what is new before what it must repeat."""
    return batch.get("epoch") in (None, epoch())


def _body() -> Any:
    """The JSON of the batch; it is read and unpacked up to the limit, and not a byte further."""
    request.max_content_length = entries.MOST_BYTES
    raw = request.get_data(cache=False)
    try:
        if request.headers.get("Content-Encoding") == "gzip":
            unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
            raw = unpacker.decompress(raw, entries.MOST_BYTES + 1)
        if len(raw) > entries.MOST_BYTES:
            raise RequestEntityTooLarge
        return json.loads(raw)
    except (ValueError, zlib.error, gzip.BadGzipFile):
        return None


def _note_phone(device: Device, phone_id: str, batch: dict[str, Any], answers: list[dict[str, Any]]) -> None:
    """What this phone still holds now that these answers are given, for whoever leads its owner; and, when that is
    nothing, up to which number everything of it is here."""
    waiting = batch.get("waiting")
    if not isinstance(waiting, dict):
        return
    said = Lying.read(waiting)
    unsent = sum(answer["result"] == "retry_later" for answer in answers)
    left = max(0, said.waiting - len(answers) + unsent)
    refused = said.refused + sum(answer["result"] in ("rejected", "conflict") for answer in answers)
    device.holds(phone_id, Lying(left, said.parked, refused, said.since if left else None), str(batch.get("build", "")))
    if not left and answers and batch.get("epoch") == epoch():
        device.settled_seq = max(device.settled_seq, *(count_of(entry.get("seq")) for entry in batch["entries"]))


@bp.route("/attachments/<id:attachment_id>/pieces", methods=["HEAD", "GET"])
def how_far(attachment_id: str) -> Response:
    """`Upload-Offset`: how many bytes are here."""
    return _offset(_mine(attachment_id), 204)


@bp.patch("/attachments/<id:attachment_id>/pieces")
def take_piece(attachment_id: str) -> Response:
    """The next piece, at most 256 KiB, at `Upload-Offset`; 409 with the true offset if it does not fit."""
    request.max_content_length = PIECE
    piece = request.get_data(cache=False)  # before the first question to the database: a slow line holds no lock
    announced = _mine(attachment_id)
    offset = request.headers.get("Upload-Offset", "")
    fits = offset.isdigit() and announced.take_piece(int(offset), piece)
    return _offset(announced, 204 if fits or announced.complete_at else 409)


def _offset(announced: Announced, status: int) -> Response:
    response = make_response("", status)
    response.headers["Doorstep-Protocol"] = str(entries.PROTOCOL)
    response.headers["Upload-Offset"] = str(announced.size if announced.complete_at else announced.have)
    response.headers["Upload-Complete"] = "?1" if announced.complete_at else "?0"
    return response


def _mine(attachment_id: str) -> Announced:
    announced = db.session.get(Announced, as_id(attachment_id))
    if announced is None or announced.user_id != current_user.id:
        abort(404)
    return announced
