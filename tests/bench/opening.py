"""Opening a carried page: first contentful paint of Today, the list and a door card against a bare page (`/offline`) that the same
worker hands out from the same store, in turns, with the processor at full speed and slowed, and with a worker that has to wake."""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench import stock
from tests.bench.load import sign_in
from tests.bench.phone import CHROMIUM, PHONE
from tests.bench.saving import WHOLE
from tests.bench.server import serve
from tests.browsers import FLAGS

ROUNDS, GOAL = 12, 1.5
PAINTED = """() => new Promise((done) => { const seen = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  if (seen()) return done(seen());
  new PerformanceObserver(() => seen() && done(seen())).observe({ type: "paint", buffered: true }); })"""


def run() -> None:
    """Print the medians in ms and their ratio to the bare page's."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        stock.fill(Path(folder), 60, 60)
        with serve(Path(folder)) as base:
            context = p.chromium.launch_persistent_context(
                f"{folder}/profile", executable_path=CHROMIUM, args=FLAGS, **PHONE
            )
            name, value = sign_in(base, "lin").split("=", 1)
            context.add_cookies([{"name": name, "value": value, "url": base}])
            page = context.pages[0]
            page.goto(base)
            while not page.evaluate(WHOLE):
                page.wait_for_timeout(250)
            today = page.url.removeprefix(base)
            page.goto(f"{base}/customers")
            card = page.locator(".rows h3 a").first.evaluate("(link) => link.pathname")
            carried = {"Today": today, "customers": "/customers", "door card": card}
            for slower, cold in ((1, False), (4, False), (6, False), (1, True)):
                _compare(page, base, carried, slower, cold)
            context.close()


def _compare(page: Page, base: str, carried: dict[str, str], slower: int, cold: bool) -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    cdp.send("ServiceWorker.enable")
    times: dict[str, list[float]] = {name: [] for name in ("bare", *carried)}
    for _round in range(ROUNDS):
        for name, path in {"bare": "/offline", **carried}.items():
            times[name].append(_paint(page, cdp, base + path, cold))
    bare = statistics.median(times.pop("bare"))
    said = [f"{name} {(m := statistics.median(t)):.0f} ms ({m / bare:.2f}×)" for name, t in times.items()]
    how = "worker asleep" if cold else f"processor {slower}×"
    print(f"first paint, {how}: bare {bare:.0f} ms; {', '.join(said)} (goal {GOAL}×)")
    cdp.detach()


def _paint(page: Page, cdp: Any, url: str, cold: bool) -> float:
    page.goto("about:blank")
    if cold:
        cdp.send("ServiceWorker.stopAllWorkers")
    page.goto(url)
    return float(page.evaluate(PAINTED))
