"""What the tests of visit reports share: a form as the browser sends it, pictures as phones take them."""

import io
import struct
import zlib
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.visits.models import Report


def hand_in(client: FlaskClient, customer: Customer, **fields: Any) -> Any:
    """Send the full form; a value may be a list, a name with - stands for a row: seen_0_observed → seen-0-observed."""
    answer = client.post(f"/customers/{customer.id}/reports", data=form(**fields), content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # a big body waits in a file
    return answer


def form(**fields: Any) -> dict[str, Any]:
    data = {"submission_id": new_id(), "purpose": "service", "result": "progress"}
    for name, value in fields.items():
        first, *row = name.split("_", 2)
        data[f"{first}-{row[0]}-{row[1]}" if len(row) == 2 and row[0].isdigit() else name] = value
    return {name: value for name, value in data.items() if value is not None}


def the_reports() -> list[Report]:
    db.session.expire_all()
    return list(db.session.scalars(select(Report).order_by(Report.filed_at, Report.id)))


def the_report() -> Report:
    [report] = the_reports()
    return report


def a_photo(width: int = 2400, height: int = 1800, **save: Any) -> tuple[io.BytesIO, str]:
    """A JPEG as a phone takes it: with the place in its metadata, and lying on its side."""
    picture = Image.new("RGB", (width, height), "#8aa399")
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "PhoneMaker", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 18.0, 5.0), 3: "E", 4: (120.0, 35.0, 1.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"taken at home", **save)
    out.seek(0)
    return out, "IMG_0001.jpg"


def a_bomb() -> tuple[io.BytesIO, str]:
    """A PNG of a few bytes that says it is 30,000 × 30,000."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )
    return io.BytesIO(body), "bomb.png"


def a_voice() -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 8), "voice.webm"
