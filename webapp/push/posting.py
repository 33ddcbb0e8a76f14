"""One push to one browser: sealed for it, signed by us, posted to where it said, and what the push service answered."""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from pywebpush import WebPusher
from requests.adapters import HTTPAdapter

from webapp.foundation import clock
from webapp.push.addresses import Unwelcome, place, public_address
from webapp.push.keys import Keys
from webapp.push.models.delivery import FAILED, GONE, SENT, WAITING
from webapp.push.models.subscription import Address

PATIENCE = (3.0, 5.0)
"""Seconds to connect, and to begin to answer."""
TTL = 24 * 3600
LONGEST_REST = 3600
PASSING = ("name", "private")
"""Why nothing was sent that may be the fault of the moment: a name that is not found, or leads where it should not."""

OUT_OF_REACH, ENOUGH = 60, 3
"""A push service that was silent three times running is left alone for so many seconds: in many a network one of them
never answers, and the others are not to wait for it."""
_silent: dict[str, tuple[int, float]] = {}


@dataclass(frozen=True)
class Outcome:
    """`state`: 'sent', 'gone' (forget the subscription), 'failed' (for good) or 'waiting' (try again, after `rest` seconds if
    the service said so)."""

    state: str
    word: str
    rest: int = 0


def post(to: Address, message: bytes, topic: str, urgent: bool, keys: Keys) -> Outcome:
    """Send and say what became of it; nothing that a push service does raises."""
    host = urlsplit(to.endpoint).netloc
    if _rests(host):
        return Outcome(WAITING, "out of reach", OUT_OF_REACH)
    try:
        answer = _post(to, message, topic, urgent, keys)
    except Unwelcome as error:
        return Outcome(WAITING if str(error) in PASSING else GONE, str(error))
    except requests.RequestException as error:
        _silent[host] = (_silent.get(host, (0, 0.0))[0] + 1, time.monotonic())
        return Outcome(WAITING, type(error).__name__)
    except ValueError:
        return Outcome(GONE, "keys")  # what the browser gave us to seal with is no key
    _silent.pop(host, None)
    if answer.status_code == 413 and message:
        return post(to, b"", topic, urgent, keys)
    return _judge(answer)


def _rests(host: str) -> bool:
    times, since = _silent.get(host, (0, 0.0))
    return times >= ENOUGH and time.monotonic() - since < OUT_OF_REACH


def _post(to: Address, message: bytes, topic: str, urgent: bool, keys: Keys) -> requests.Response:
    address, parts = public_address(place(to.endpoint)), urlsplit(to.endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(clock.here().timestamp()) + 3600,
        "sub": keys.contact,
    }
    headers = {
        **keys.vapid().sign(claims),
        "Host": parts.netloc,
        "TTL": str(TTL),
        "Urgency": "high" if urgent else "normal",
        "Topic": topic,
    }
    body = b""
    if message:
        browser = WebPusher({"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}})
        body = browser.encode(message, content_encoding="aes128gcm")["body"]
        headers |= {"Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream"}
    with requests.Session() as session:
        session.trust_env = False
        session.mount(f"{parts.scheme}://", _To(address))
        answer = session.post(
            to.endpoint, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False, stream=True
        )
        answer.close()  # what it has to say beyond its status is not read
        return answer


def _judge(answer: requests.Response) -> Outcome:
    status, word = answer.status_code, str(answer.status_code)
    if 200 <= status < 300:
        return Outcome(SENT, word)
    if status in (404, 410):
        return Outcome(GONE, word)
    if status == 429 or status >= 500:
        said = answer.headers.get("Retry-After", "")
        return Outcome(WAITING, word, min(int(said), LONGEST_REST) if said.isdigit() and len(said) < 9 else 0)
    return Outcome(FAILED, word)


class _To(HTTPAdapter):
    """Connects to the address that was looked at, whatever its name says a moment later; the certificate is the name's."""

    def __init__(self, address: str) -> None:
        super().__init__(max_retries=0)
        self.address = address

    def build_connection_pool_key_attributes(
        self, request: Any, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        if host["scheme"] == "https":
            pool |= {"server_hostname": host["host"], "assert_hostname": host["host"]}
        return {**host, "host": self.address}, pool
