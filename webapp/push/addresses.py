"""Where we are willing to send: the push services that browsers have, over HTTPS, at a public address. The address comes
from a phone, so it is looked at when it is kept and again whenever something is sent."""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app

HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
"""One that begins with a dot stands for all below it. DOORSTEP_PUSH_HOSTS adds others."""
LONGEST = 1000


class Unwelcome(Exception):
    """Nothing is sent there; its text is one word for the outcome."""


@dataclass(frozen=True)
class Place:
    host: str
    port: int


def place(endpoint: str) -> Place:
    """Host and port of an endpoint that may be kept; raises Unwelcome."""
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise Unwelcome("address") from error
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable() or parts.username or not host:
        raise Unwelcome("address")
    if _is_loopback_of_the_tests(host):
        return Place(host, port or 80)
    if parts.scheme != "https" or port not in (None, 443):
        raise Unwelcome("scheme")
    if not any(host == known or (known[:1] == "." and host.endswith(known)) for known in _hosts()):
        raise Unwelcome("host")
    return Place(host, 443)


def public_address(at: Place) -> str:
    """The address that is connected to, looked up now; raises Unwelcome if any that its name has is not public."""
    if _is_loopback_of_the_tests(at.host):
        return at.host
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(at.host, at.port, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise Unwelcome("name") from error
    if not found or not all(ip_address(one).is_global and not ip_address(one).is_multicast for one in found):
        raise Unwelcome("private")
    return sorted(found, key=lambda one: ip_address(one).version)[0]


def _hosts() -> tuple[str, ...]:
    return (*HOSTS, *current_app.config["SETTINGS"].push_hosts)


def _is_loopback_of_the_tests(host: str) -> bool:
    settings = current_app.config["SETTINGS"]
    return bool(settings.push_loopback) and not settings.production and host == "127.0.0.1"
