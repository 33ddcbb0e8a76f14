"""The photos and the voice note that come with a report: made safe and laid into the file store before the database
is locked, taken into the report inside the transaction, and taken out of the store again if nothing came of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from flask import Response, after_this_request, g, request
from werkzeug.datastructures import FileStorage

from webapp.foundation.db import new_id
from webapp.foundation.files import store
from webapp.outbox.arrivals import Announced
from webapp.visits import pictures
from webapp.visits.models import Report
from webapp.visits.models.attachment import THUMB, Attachment


@dataclass
class Baggage:
    """What one request brought: pieces that lie in the store, and why others were not taken (field name → code)."""

    pieces: list[Attachment] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    taken: bool = False

    def take(self) -> list[Attachment]:
        """The pieces, for the report that keeps them."""
        self.taken = True
        return self.pieces


def of_this_request() -> Baggage:
    return g.get("baggage") or Baggage()


def unpack() -> None:
    """Before the lock: whatever files this request brought for a report."""
    if request.endpoint != "reports.create":
        return
    baggage = g.baggage = Baggage()
    after_this_request(_leave_nothing_behind)
    _unpack_photos(baggage, [file for file in request.files.getlist("photos") if file.filename])
    for file in request.files.getlist("voice")[:1]:
        if file.filename:
            _unpack_voice(baggage, file)


def _unpack_photos(baggage: Baggage, files: list[FileStorage]) -> None:
    if len(files) > pictures.MOST_PHOTOS:
        baggage.refused["photos"] = "many"
        return
    for position, file in enumerate(files):
        try:
            photo = pictures.draw_anew(file.stream)  # type: ignore[arg-type]
        except pictures.Refused as refusal:
            baggage.refused["photos"] = refusal.why
            return
        piece = _piece("photo", position, photo.content, "image/jpeg", "jpg")
        piece.width, piece.height = photo.width, photo.height
        _lay_down(baggage, piece, [(piece.key, photo.content), (piece.key + THUMB, photo.thumb)])


def _unpack_voice(baggage: Baggage, file: FileStorage) -> None:
    try:
        media_type = pictures.voice_type(file.stream)  # type: ignore[arg-type]
    except pictures.Refused as refusal:
        baggage.refused["voice"] = refusal.why
        return
    content = file.stream.read()
    file.stream.seek(0)
    piece = _piece("voice", pictures.MOST_PHOTOS, content, media_type, media_type.removeprefix("audio/"))
    _lay_down(baggage, piece, [(piece.key, content)])


def _piece(kind: str, position: int, content: bytes, media_type: str, ending: str) -> Attachment:
    piece_id = new_id()
    return Attachment(
        id=piece_id,
        kind=kind,
        position=position,
        key=f"visits/{piece_id[-2:]}/{piece_id}.{ending}",
        media_type=media_type,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _lay_down(baggage: Baggage, piece: Attachment, files: list[tuple[str, bytes]]) -> None:
    for key, content in files:
        baggage.keys.append(key)
        store().write(key, content, piece.media_type)
    baggage.pieces.append(piece)


def _leave_nothing_behind(response: Response) -> Response:
    baggage = of_this_request()
    if not baggage.taken or response.status_code >= 400:
        for key in baggage.keys:
            store().delete(key)
    return response


def follow(report: Report, announced: Announced, content: bytes) -> None:
    """Take in one piece that came after its report; one that is no picture or no sound is refused and says so."""
    baggage = Baggage()
    file = FileStorage(BytesIO(content), filename=announced.filename, content_type=announced.media_type)
    if announced.field == "voice":
        _unpack_voice(baggage, file)
    else:
        _unpack_photos(baggage, [file])
    announced.refused = next(iter(baggage.refused.values()), "")
    for piece in baggage.take():
        piece.position = announced.position
        report.attachments.append(piece)
    announced.sweep()


def refusals() -> Iterator[tuple[str, str]]:
    """(field name, code) of the files of this request that were not taken."""
    yield from of_this_request().refused.items()
