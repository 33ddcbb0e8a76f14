"""What a phone has to fetch and how long it waits: real Chromium, a slow processor and a slow network."""

import os
import re
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench import stock
from tests.bench.load import sign_in
from tests.bench.server import serve
from tests.browsers import FLAGS

CHROMIUM = os.environ.get("DOORSTEP_CHROMIUM", "/usr/bin/chromium")
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "is_mobile": True, "has_touch": True}
FILED = re.compile(r"/reports/[0-9a-f-]{36}$")
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}


class Meter:
    """Counts what goes over the wire for one page, by the browser's own account."""

    def __init__(self, page: Page, slow: bool) -> None:
        self.requests, self.bytes, self.script_bytes, self.kinds = 0, 0, 0, {}
        self.cdp: Any = page.context.new_cdp_session(page)
        self.cdp.send("Network.enable")
        if slow:
            self.cdp.send("Network.emulateNetworkConditions", SLOW)
            self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        self.cdp.on("Network.responseReceived", lambda e: self.kinds.update({e["requestId"]: e["type"]}))
        self.cdp.on("Network.loadingFinished", self._finished)
        self.cdp.on("Network.requestWillBeSent", self._sent)

    def _sent(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.requests += 1

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        if self.kinds.get(event["requestId"]) == "Script":
            self.script_bytes += event["encodedDataLength"]


def run() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        stock.fill(Path(folder), 1000, 1000)
        browser = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serve(Path(folder)) as base:
            _first_load(browser, base)
            _whole_task(browser, base)
        browser.close()


def _first_load(browser: Any, base: str) -> None:
    name, value = sign_in(base, "lin").split("=", 1)
    context = browser.new_context(**PHONE, service_workers="block")
    context.add_cookies([{"name": name, "value": value, "url": base}])
    page = context.new_page()
    meter = Meter(page, slow=False)
    page.goto(base + "/", wait_until="networkidle")
    kb, js = meter.bytes / 1024, meter.script_bytes / 1024
    print(f"\nfirst load of Today: {kb:.1f} KB in {meter.requests} requests, script {js:.1f} KB (goal 60 KB, 8, 35 KB)")
    context.close()


def _whole_task(browser: Any, base: str) -> None:
    """Sign in → customers → a customer → write and send a report; waiting is from each tap to what it shows."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    meter = Meter(page, slow=True)
    waits = {"sign-in page": _timed(lambda: page.goto(base + "/sign-in", wait_until="load"))}
    page.fill("#name", "lin")
    page.fill("#password", "doorstep-demo")
    waits["sign in"] = _timed(lambda: (page.press("#password", "Enter"), page.wait_for_selector(".days")))
    waits["customers"] = _timed(
        lambda: (page.click('.tabs a[href="/customers"]'), page.wait_for_selector(".rows h3 a"))
    )
    waits["customer"] = _timed(lambda: (page.click(".rows h3 a >> nth=0"), page.wait_for_selector(".plate--top")))
    waits["form"] = _timed(
        lambda: (
            page.click('.dock a[href$="/reports/new"]'),
            page.wait_for_selector("[name=purpose]", state="attached"),
        )
    )
    page.locator("label.chip", has=page.locator('[name=purpose][value="service"]')).click()
    page.locator("label.chip", has=page.locator('[name=result][value="progress"]')).click()
    waits["report sent"] = _timed(lambda: (page.click(".dock button"), page.wait_for_url(FILED, wait_until="commit")))
    print(
        f"\nwhole task, processor 4× slower, 1.6 Mbit/s, 150 ms: {sum(waits.values()):.1f} s of waiting, "
        f"{meter.requests} requests, {meter.bytes / 1024:.0f} KB (goal 4 s, 25, 120 KB)"
    )
    for step, seconds in waits.items():
        print(f"  {step:14} {seconds:5.2f} s")
    context.close()


def _timed(act: Any) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
