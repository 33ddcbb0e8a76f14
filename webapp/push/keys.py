"""The pair of keys by which push services know this house (VAPID, RFC 8292). They lie beside the data, never in the
repository or the database; without them nothing is pushed and nobody is asked."""

import base64
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from py_vapid import Vapid02


class BadKeys(Exception):
    """The file is there, but cannot be the right one."""


@dataclass(frozen=True)
class Keys:
    """`public`: what a browser subscribes with; `contact`: whom a push service may write to."""

    private: str
    public: str
    contact: str

    def vapid(self) -> Vapid02:
        return Vapid02.from_string(self.private)


def path() -> Path:
    return Path(current_app.config["SETTINGS"].data) / "push_keys.json"


def keys() -> Keys | None:
    """The keys of this house; None before `bin/flask keys`. Raises BadKeys."""
    try:
        stamp = path().stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _read(path(), stamp)


@lru_cache(maxsize=4)
def _read(file: Path, _stamp: int) -> Keys:
    try:
        return Keys(**json.loads(file.read_text()))
    except (ValueError, TypeError) as error:
        raise BadKeys(f"{file} holds no keys; bin/flask keys --new makes others.") from error


def make(contact: str) -> Keys:
    """A new pair, readable by us alone. Phones that subscribed with an old one subscribe anew at their next start."""
    vapid = Vapid02()
    vapid.generate_keys()
    private = vapid.private_key.private_numbers().private_value.to_bytes(32, "big")
    point = vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    made = Keys(_text(private), _text(point), contact)
    partial = path().with_suffix(".new")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(made.__dict__, file)
    partial.replace(path())
    return made


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def public_key() -> str:
    """What a browser subscribes with; '' where nothing is pushed."""
    try:
        own = keys()
    except BadKeys:
        return ""
    return own.public if own else ""
