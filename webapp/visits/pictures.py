"""What a phone's camera and microphone send, made safe: photos are drawn anew, voice notes are known by their first bytes."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps

LONG_EDGE, THUMB_EDGE = 1600, 320
MOST_PHOTOS, MOST_PHOTO_BYTES, MOST_VOICE_BYTES = 9, 16 * 1024 * 1024, 5 * 1024 * 1024
MOST_PIXELS = {"JPEG": 110_000_000, "MPO": 110_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
"""A JPEG is read at the size that is wanted, the others have to be unfolded whole."""


class Refused(Exception):
    """This file is not taken; `why` is 'unreadable', 'huge' (pixels), 'heavy' (bytes) or 'empty'."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Photo:
    """A JPEG whose longest side is at most 1,600 px and a small one of 320 px, with nothing but the picture in them."""

    content: bytes
    thumb: bytes
    width: int
    height: int


def draw_anew(stream: BinaryIO) -> Photo:
    """The photo without metadata, upright, no bigger than needed; raises Refused. The stream is left at its beginning."""
    _weigh(stream, MOST_PHOTO_BYTES)
    try:
        picture = _open(stream)
    except Refused:
        raise
    except (Image.DecompressionBombError, MemoryError) as error:
        raise Refused("huge") from error
    except Exception as error:  # a broken picture can break its reader in any way
        raise Refused("unreadable") from error
    finally:
        stream.seek(0)
    small = picture.copy()
    small.thumbnail((THUMB_EDGE, THUMB_EDGE), Image.Resampling.LANCZOS)
    return Photo(_jpeg(picture, 82), _jpeg(small, 75), picture.width, picture.height)


def _open(stream: BinaryIO) -> Image.Image:
    with Image.open(stream, formats=("JPEG", "PNG", "WEBP")) as image:
        if image.width * image.height > MOST_PIXELS.get(image.format or "", 0):
            raise Refused("huge")
        image.draft("RGB", (LONG_EDGE, LONG_EDGE))
        picture = ImageOps.exif_transpose(image)
    picture.thumbnail((LONG_EDGE, LONG_EDGE), Image.Resampling.LANCZOS)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
    bare = picture.convert("RGB")
    bare.info = {}
    return bare


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def voice_type(stream: BinaryIO) -> str:
    """The media type of a voice note, told by its first bytes; raises Refused. The stream is left at its beginning."""
    _weigh(stream, MOST_VOICE_BYTES)
    head = stream.read(12)
    stream.seek(0)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "audio/webm"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    raise Refused("unreadable")


def _weigh(stream: BinaryIO, most: int) -> None:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size == 0:
        raise Refused("empty")
    if size > most:
        raise Refused("heavy")
