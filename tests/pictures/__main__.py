"""Serve the demo office, walk through it as lin and as zhou, and write docs/pictures/*.png, and the screens that the
manifest shows before the app is installed (static/icons/screens/*.webp).

    bin/pictures            all of them
    bin/pictures screens    only those of the manifest
"""

import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from tests import browsers
from tests.bench.server import serve

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("DOORSTEP_CHROMIUM", "/usr/bin/chromium")
PHONE = {"viewport": {"width": 390, "height": 844}}
DESK = {"viewport": {"width": 1280, "height": 860}}
SCREENS = ROOT / "static" / "icons" / "screens"
SHARP = {**PHONE, "device_scale_factor": 1.5}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, browsers.chromium(CHROMIUM) as browser:
        _demo(folder)
        with serve(Path(folder)) as base:
            if "screens" not in sys.argv:
                _as_lin(browser, base)
                _as_zhou(browser, base)
            for language in LANGUAGES:
                _screens(browser, base, language)


def _demo(folder: str) -> None:
    env = {**os.environ, "DOORSTEP_DATA": folder, "FLASK_APP": str(ROOT / "wsgi.py")}
    for command in (["db", "upgrade"], ["demo", "load"]):
        subprocess.run([sys.executable, "-m", "flask", *command], cwd=ROOT, env=env, check=True)


def _signed_in(browser: Browser, base: str, name: str, language: str = "zh", **options: Any) -> Page:
    options |= {
        "locale": LANGUAGES[language],
        "timezone_id": "Asia/Shanghai",
        "service_workers": "block",
    }  # no first sync
    page = browser.new_context(**options).new_page()
    page.goto(f"{base}/sign-in")
    page.fill("#name", name)
    page.fill("#password", "doorstep-demo")
    page.press("#password", "Enter")
    page.wait_for_selector(".tabs")
    return page


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(name)


def _as_lin(browser: Browser, base: str) -> None:
    page = _signed_in(browser, base, "lin", **PHONE)
    page.goto(f"{base}/")
    _take(page, "today")
    page.click(".plate h2 a")
    page.wait_for_selector(".ledger")
    _take(page, "door-card")
    door = page.url
    page.goto(f"{door}/reports/new?mode=hallway")
    _take(page, "hallway")
    page.goto(f"{base}/playbook?q=tg")
    _take(page, "playbook")
    dark = _signed_in(browser, base, "lin", color_scheme="dark", **PHONE)
    dark.goto(door)
    _take(dark, "door-card-dark")


def _as_zhou(browser: Browser, base: str) -> None:
    page = _signed_in(browser, base, "zhou", **DESK)
    page.goto(f"{base}/reviews")
    _take(page, "reviews")
    page.goto(f"{base}/insight?weeks_ago=1")
    _take(page, "insight")


def _screens(browser: Browser, base: str, language: str) -> None:
    page = _signed_in(browser, base, "lin", language, **SHARP)
    page.goto(f"{base}/")
    _keep(page, f"today-{language}")
    page.goto(base + str(page.get_attribute(".plate h2 a", "href")))
    page.wait_for_selector(".ledger")
    _keep(page, f"door-card-{language}")
    desk = _signed_in(browser, base, "zhou", language, **DESK)
    desk.goto(f"{base}/insight?weeks_ago=1")
    _keep(desk, f"week-{language}")


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    picture.save(SCREENS / f"{name}.webp", quality=72, method=6)
    print(name, *picture.size)


if __name__ == "__main__":
    main()
