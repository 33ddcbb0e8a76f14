"""The search box without a signal: real Chromium, the worker's own modules, 5,000 customers, a processor six times slower.

The modules run in a page, since a worker's processor cannot be slowed; the rows are the server's, the cards are small."""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench import stock
from tests.bench.load import sign_in
from tests.bench.phone import CHROMIUM
from tests.bench.server import serve
from tests.browsers import FLAGS

OWN, SLOWER, GOAL_MS = 5000, 6, 100
QUESTIONS = ("hengr", "恒润", "hr", "机械", "wang钢", "8888", "nobody here", "h")

MODULES = Path(__file__).parents[2] / "service_worker"
LAY = (Path(__file__).parent / "search.js").read_text("utf-8")


def run() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        stock.fill(Path(folder), OWN, OWN)
        browser = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serve(Path(folder)) as base:
            measure(browser, base)
        browser.close()


def measure(browser: Any, base: str) -> None:
    name, value = sign_in(base, "lin").split("=", 1)
    context = browser.new_context(locale="zh-CN", service_workers="block")
    context.add_cookies([{"name": name, "value": value, "url": base}])
    page = context.new_page()
    page.goto(base + "/offline")
    page.route("**/modules/*", lambda route: route.fulfill(path=MODULES / route.request.url.rsplit("/", 1)[-1]))
    rows = page.evaluate(LAY, [8000])
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    print(f"\nsearch on the phone, {rows:,} customers, processor {SLOWER}× slower (goal {GOAL_MS} ms)")
    cold, _ = page.evaluate("bench('hengr', true)")
    print(f"  {'first of a worker':18} {cold:7.1f} ms")
    for question in QUESTIONS:
        took = [page.evaluate("([q]) => bench(q, false)", [question]) for _n in range(5)]
        middle = statistics.median(ms for ms, _found in took)
        print(
            f"  {question:18} {middle:7.1f} ms  {took[0][1]:3} shown{'' if middle <= GOAL_MS else '   over the goal'}"
        )
    context.close()
