"""Small pictures that a decoder accepts, each different."""

import random
import struct
import zlib


def a_photo(chance: random.Random) -> bytes:
    """A PNG of a few pixels of noise."""
    side = chance.randrange(3, 11)
    rows = b"".join(b"\0" + chance.randbytes(side * 3) for _ in range(side))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
