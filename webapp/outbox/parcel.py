"""The file of what is unsent, as a phone seals it (docs/protocol.md): a head, a digest, and what only its code opens."""

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.outbox import entries
from webapp.outbox.entries import Entry

MAGIC = b"DOORSTEP-UNSENT 1\n"
LEAST_ROUNDS, MOST_ROUNDS = 600_000, 2_000_000
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HEARD = str.maketrans("OIL", "011")


class Damaged(Exception):
    """It is no such file, or not all of it is there."""


class WrongCode(Exception):
    """The file is whole, and this is not its code."""


@dataclass
class Parcel:
    """What a phone could not send: entries, and the bytes of their files by id. `user` is the author as phones name him."""

    user: str
    device: str
    origin: str
    entries: list[Entry]
    files: dict[str, bytes]


def unseal(content: bytes, code: str) -> Parcel:
    """Open it with the code as it was told; raises Damaged, WrongCode."""
    try:
        magic, about, digest, sealed = _split(content)
        salt, nonce, rounds = base64.b64decode(about["salt"]), base64.b64decode(about["iv"]), int(about["iterations"])
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged from error
    if not LEAST_ROUNDS <= rounds <= MOST_ROUNDS or hashlib.sha256(sealed).hexdigest() != digest:
        raise Damaged
    key = hashlib.pbkdf2_hmac("sha256", plain_code(code).encode(), salt, rounds)
    try:
        plain = AESGCM(key).decrypt(nonce, sealed, magic)
    except InvalidTag as error:
        raise WrongCode from error
    except ValueError as error:
        raise Damaged from error
    return _read(plain)


def plain_code(code: str) -> str:
    """The code without what people put between its signs; letters that sound or look like digits are those digits."""
    return "".join(sign for sign in code.upper().translate(HEARD) if sign in SIGNS)


def _split(content: bytes) -> tuple[bytes, dict[str, Any], str, bytes]:
    if not content.startswith(MAGIC):
        raise Damaged
    about, digest, sealed = content[len(MAGIC) :].split(b"\n", 2)
    return MAGIC + about + b"\n", json.loads(about), digest.decode("ascii"), sealed


def _read(plain: bytes) -> Parcel:
    head, _newline, rest = plain.partition(b"\n")
    try:
        told = json.loads(head)
        parcel = Parcel(str(told["user"]), str(told["device"]), str(told["origin"]), entries.these(told["entries"]), {})
        for file in told["files"]:
            parcel.files[str(file["id"])], rest = rest[: int(file["size"])], rest[int(file["size"]) :]
    except (ValueError, KeyError, TypeError, entries.Malformed) as error:
        raise Damaged from error
    return parcel
