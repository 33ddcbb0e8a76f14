"""The field pack: the first one in real Chromium (bytes, seconds until it can be used and until it is whole), and a delta
after one change (bytes, pages, server time against a bare page). `bin/bench pack`, `bin/bench pack --many` for 5,000 customers."""

import http.client
import json
import statistics
import tempfile
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import brotli
from playwright.sync_api import sync_playwright

from tests.bench import stock
from tests.bench.load import sign_in
from tests.bench.phone import CHROMIUM, PHONE
from tests.bench.server import serve
from tests.browsers import FLAGS
from tests.field_pack.phone import read, whole

NOTED = """navigator.serviceWorker.addEventListener("message", ({ data }) => {
  if (data.kind === "progress" && data.done) window.usable ??= performance.now();
  if (data.kind === "pages" && data.reset) window.complete ??= performance.now();
});"""
SOON = (datetime.now(UTC) + timedelta(days=4)).date().isoformat()
STEP = {"next_step": "带两台的换装方案和报价", "when": SOON}
REPORT = {"purpose": "service", "result": "progress", "needs": "细纱机一年换一次轴承，每次停两个班。旺季前想先换两台。",
          "objections": "too_expensive", "next_step": "带换装方案", "next_on": SOON}  # fmt: skip
DEEDS: dict[str, tuple[str, dict[str, str]]] = {
    "note": ("notes", {"kind": "note", "text": "门卫姓许，从后门进，下午三点以后在"}),
    "promise": ("promises", {"text": "样品周五前送到", "direction": "ours", "due_on": SOON}),
    "next step": ("next-step", STEP),
    "report": ("reports", REPORT),
}
EACH, GOAL_BYTES, GOAL_RATIO = 5, 4096, 1.3


def run(many: bool = False) -> None:
    for own in (500, 5000) if many else (500,):
        _with(own, _first)
    for own in (100, 1000, 5000):
        _with(own, _deltas)


def _with(own: int, measured: Callable[[Path, str, int], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stock.fill(Path(folder), own, own)
        with serve(Path(folder)) as base:
            measured(Path(folder), base, own)


def _first(folder: Path, base: str, own: int) -> None:
    cookie = sign_in(base, "lin")
    sent, text = _get(base, cookie, "/field-pack")
    came = read(text)
    pages = "\n".join(whole(line["html"], came.head["moulds"]) for line in came.lines if "html" in line)
    compressor = brotli.Compressor(quality=5, lgwin=22)
    alike = len(compressor.process(pages.encode()) + compressor.finish())
    print(f"\nfirst pack, {own:,} customers: {len(came.urls):,} pages, {sent / 1024:,.0f} KB on the wire; the same pages in one "
          f"brotli stream {alike / 1024:,.0f} KB ({sent / alike:.2f}×, goal {GOAL_RATIO}×)")  # fmt: skip
    with sync_playwright() as p:
        context = p.chromium.launch_persistent_context(f"{folder}/phone", executable_path=CHROMIUM, args=FLAGS, **PHONE)
        name, value = cookie.split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": base}])
        context.add_init_script(NOTED)
        page = context.pages[0]
        page.goto(base)
        while not page.evaluate("window.complete ?? 0"):
            page.wait_for_timeout(500)
        usable, complete = page.evaluate("[window.usable, window.complete]")
        print(f"  in Chromium: usable after {usable / 1000:.1f} s, whole after {complete / 1000:.1f} s")
        context.close()


def _deltas(folder: Path, base: str, own: int) -> None:
    """Each deed is done at customers whose pages the phone has been told once, as after a first pack."""
    cookie = sign_in(base, "lin")
    edition = json.loads(_get(base, cookie, "/field-pack", lines=1)[1])["edition"]
    phone: dict[str, str] = {"cursor": stock.cursor(folder, "lin", edition), "edition": edition, "edits": "1"}
    customers = stock.some(folder, EACH)
    for customer in customers:
        _do_all(base, cookie, customer)
    _pull(base, cookie, phone)
    for _n in range(20):
        _get(base, cookie, "/bare")
    bare = statistics.median(_cost(folder, back) for back in range(20))
    print(f"\ndelta after one change, {own:,} customers; a bare page takes {bare:.1f} ms of the processor")
    for name, (place, form) in DEEDS.items():
        took = []
        for customer in customers:
            _post(base, cookie, f"/customers/{customer}/{place}", form)
            took.append((*_pull(base, cookie, phone), _cost(folder)))
        sent, pages, ms = (statistics.median(one[n] for one in took) for n in range(3))
        mark = "" if sent <= GOAL_BYTES else "   over the goal"
        print(f"  {name:10} {sent:6,.0f} bytes, {pages:.0f} pages, {ms:6.0f} ms ({ms / bare:5.1f}× a bare page){mark}")


def _do_all(base: str, cookie: str, customer: str) -> None:
    for place, form in DEEDS.values():
        _post(base, cookie, f"/customers/{customer}/{place}", form)


def _pull(base: str, cookie: str, phone: dict[str, str]) -> tuple[int, int]:
    """(bytes, pages); the phone's cursor moves."""
    sent, text = _get(base, cookie, f"/field-pack?{urlencode(phone)}")
    came = read(text)
    if came.head["reset"]:
        raise SystemExit("the phone of the bench was taken for another")
    phone["cursor"] = came.tail["cursor"]
    return sent, len(came.urls)


def _cost(folder: Path, back: int = 0) -> float:
    """What the last answer, or one before it, has cost the server: ms of the processor."""
    return float((folder / "costs").read_text().splitlines()[-1 - back].split()[1])


def _get(base: str, cookie: str, path: str, lines: int = 0) -> tuple[int, str]:
    """(bytes on the wire, text) of a page; only its first lines, if so many are wanted."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=3600)
    accepted = "identity" if lines else "br"
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": accepted, "Accept-Language": "zh-CN"})
    answer = connection.getresponse()
    if lines:
        text = b"".join(answer.readline() for _n in range(lines)).decode()
        connection.close()
        return len(text), text
    body = answer.read()
    packed = answer.getheader("Content-Encoding") == "br"
    return len(body), (brotli.decompress(body) if packed else body).decode()


def _post(base: str, cookie: str, path: str, form: dict[str, str]) -> None:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    said = urlencode({"submission_id": str(uuid.uuid4()), **form})
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, said, headers)
    answer: Any = connection.getresponse()
    if answer.status != 303:
        raise SystemExit(f"{path} answered {answer.status}")
