"""A push service of our own: it unseals what comes for the browsers it knows, checks who signed it, and answers as it is told."""

import base64
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Handset:
    """What a browser keeps of a subscription."""

    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    def fields(self, endpoint: str) -> dict[str, str]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": endpoint, "p256dh": text(point), "auth": text(self.auth)}


def claims_of(header: str, public_key: str) -> dict[str, Any]:
    """The claims of a VAPID header, once its signature has been checked against the key of the house."""
    scheme, _, rest = header.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    assert (scheme.lower(), parts["k"]) == ("vapid", public_key)
    r, s = (int.from_bytes(half, "big") for half in (raw(signature)[:32], raw(signature)[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(public_key))
    key.verify(utils.encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert json.loads(raw(head))["alg"] == "ES256"
    return dict(json.loads(raw(claims)))


class PushService:
    """`answers`: what the endpoint of that name says instead of 201; "hang" says nothing until the end."""

    def __init__(self, public_key: str) -> None:
        self.public_key = public_key
        self.handsets: dict[str, Handset] = {}
        self.answers: dict[str, Any] = {}
        self.got: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer.answer(self)

            do_GET = do_POST

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def subscribe(self, name: str) -> dict[str, str]:
        """What a browser would send to the house for this endpoint."""
        self.handsets[name] = Handset()
        return self.handsets[name].fields(f"{self.base}/push/{name}")

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        name = request.path.rsplit("/", 1)[1]
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        self.asked.append(f"{request.command} {name} {len(body)}")
        said = self.answers.get(name, 201)
        if callable(said):
            said = said(body)
        if said == "hang":
            self.over.wait(30)
            return
        status, headers = said if isinstance(said, tuple) else (said, {})
        if status == 201:
            self.take(name, body, request)
        request.send_response(status)
        for header, value in {**headers, "Content-Length": "0"}.items():
            request.send_header(header, value)
        request.end_headers()

    def take(self, name: str, body: bytes, request: BaseHTTPRequestHandler) -> None:
        claims = claims_of(request.headers["Authorization"], self.public_key)
        message = {}
        if body:
            assert request.headers["Content-Encoding"] == "aes128gcm"
            handset = self.handsets[name]
            opened = http_ece.decrypt(body, private_key=handset.key, auth_secret=handset.auth, version="aes128gcm")
            message = json.loads(opened)
        headers = {one: request.headers[one] for one in ("TTL", "Urgency", "Topic", "Host")}
        self.got.append({"name": name, "message": message, "claims": claims, "at": time.time(), **headers})

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def running(public_key: str) -> Iterator[PushService]:
    service = PushService(public_key)
    try:
        yield service
    finally:
        service.close()
