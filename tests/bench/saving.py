"""From the tap that files a report to "it is on this phone's disk" and to the page that says so, without a signal, with the
page's processor slowed six times. The page slows, the worker does not: the browser throttles main threads only."""

import statistics
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from tests.airplane.proxy import Line
from tests.bench import stock
from tests.bench.load import sign_in
from tests.bench.phone import CHROMIUM, PHONE
from tests.bench.server import serve
from tests.browsers import FLAGS

GOAL, SLOWER, REPORTS = 200, 6, 24
READY = "Boolean(document.querySelector('form#visit')?.dataset.draft)"
LISTEN = """() => {
  window.took = {};
  const since = () => performance.now() - took.tap;
  document.addEventListener("submit", () => { took.tap = performance.now(); }, { capture: true, once: true });
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data.kind === "outbox") took.saved ??= since(); });
  const shown = new MutationObserver(() => {
    if (document.querySelector(".toast")) { took.shown ??= since(); shown.disconnect(); }
  });
  shown.observe(document.documentElement, { childList: true, subtree: true });
}"""
WHOLE = """Boolean(navigator.serviceWorker.controller) && new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data.whole && !data.pulling);
  navigator.serviceWorker.controller.postMessage({ kind: "state" }, [port2]);
})"""


def run() -> None:
    """Print median and ninety-fifth in ms."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        stock.fill(Path(folder), 100, 50)
        with serve(Path(folder)) as base:
            line = Line(urlsplit(base).port or 0)
            address = f"http://127.0.0.1:{line.port}"
            context = p.chromium.launch_persistent_context(
                f"{folder}/profile", executable_path=CHROMIUM, args=FLAGS, **PHONE
            )
            name, value = sign_in(base, "lin").split("=", 1)
            context.add_cookies([{"name": name, "value": value, "url": address}])
            page = context.pages[0]
            page.goto(address)
            _until(page, WHOLE)
            page.goto(f"{address}/customers")
            customers = page.eval_on_selector_all(".rows h3 a", "(links) => links.map((link) => link.pathname)")
            line.be("refuse")
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            took = [_one(page, f"{address}{customers[n % len(customers)]}/reports/new") for n in range(REPORTS)]
            context.close()
            line.close()
    for what in ("saved", "shown"):
        times = sorted(one[what] for one in took[2:])
        p95 = times[int(len(times) * 0.95) - 1]
        mark = f" (goal {GOAL})" if what == "saved" else ""
        print(
            f"report {what:6} median {statistics.median(times):6.0f} ms  p95 {p95:6.0f} ms{mark}, processor {SLOWER}×"
        )


def _one(page: Page, form: str) -> dict[str, float]:
    page.goto(form)
    _until(page, READY)
    page.locator("[name=needs]").fill("停一次机损失六千，问了轴承寿命，答应周五前带一份报告来")
    for field in ("purpose", "result"):
        page.locator(f"[name={field}]").nth(1).evaluate("(input) => input.closest('label').click()")
    page.evaluate(LISTEN)
    page.locator(".dock button.button--main").click()
    _until(page, "Boolean(took.saved && took.shown)")
    return dict(page.evaluate("took"))


def _until(page: Page, script: str) -> None:
    for _ in range(1200):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise SystemExit(f"not in time: {script}")
