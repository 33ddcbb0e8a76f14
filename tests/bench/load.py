"""Requests as a phone sends them over one kept connection; the median and the ninety-fifth of a hundred, in ms."""

import http.client
import statistics
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Ask:
    """One kind of request; `body` makes a fresh form for each, or None for a page."""

    path: str
    body: Callable[[], dict[str, str]] | None = None


class Client:
    """A signed-in client with one connection."""

    def __init__(self, base: str, cookie: str = "") -> None:
        self.connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
        self.headers = {
            "Sec-Fetch-Site": "same-origin",
            "Accept-Language": "zh-CN",
            "Accept-Encoding": "gzip",
            "Cookie": cookie,
        }

    def ask(self, ask: Ask) -> float:
        """Send it and read the answer; returns milliseconds, raises if it was refused."""
        body = urlencode(ask.body()) if ask.body else None
        headers = {**self.headers, "Content-Type": "application/x-www-form-urlencoded"} if body else self.headers
        start = time.perf_counter()
        self.connection.request("POST" if body else "GET", ask.path, body, headers)
        response = self.connection.getresponse()
        response.read()
        if response.status >= 400:
            raise SystemExit(f"{ask.path} answered {response.status}")
        return (time.perf_counter() - start) * 1000


def sign_in(base: str, name: str) -> str:
    """The cookie of a fresh sign-in."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    form = urlencode({"name": name, "password": "doorstep-demo", "next": "/"})
    connection.request(
        "POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    )
    response = connection.getresponse()
    cookies = [value.split(";")[0] for key, value in response.getheaders() if key.lower() == "set-cookie"]
    return "; ".join(cookie for cookie in cookies if cookie.startswith("doorstep="))


def measure(base: str, cookie: str, ask: Ask, clients: int, each: int) -> tuple[float, float]:
    """(median, 95th percentile) in ms of `each` requests by each of so many clients at once, after a warm-up."""
    took: list[float] = []

    def run() -> None:
        client = Client(base, cookie)
        client.ask(ask)
        took.extend(client.ask(ask) for _n in range(each))

    threads = [threading.Thread(target=run) for _n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    return statistics.median(took), took[int(len(took) * 0.95) - 1]


def a_report() -> dict[str, str]:
    return {
        "submission_id": str(uuid.uuid4()),
        "purpose": "service",
        "result": "progress",
        "needs": "细纱机一年换一次轴承，每次停两个班。旺季前想先换两台。",
        "objections": "too_expensive",
        "next_step": "带两台的换装方案和报价",
    }
