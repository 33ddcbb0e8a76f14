"""Lighthouse gives accessibility, best practices and SEO the full mark on the pages that are seen most."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from doors import machine
from doors.environment import ROOT
from tests.trips.addresses import Addresses

pytestmark = pytest.mark.browser
LIGHTHOUSE = ROOT / "node_modules/lighthouse/cli/index.js"
CATEGORIES = ("accessibility", "best-practices", "seo")
TALL = [f"--screenEmulation.{name}" for name in ("mobile", "width=412", "height=9000", "deviceScaleFactor=2")]
"""So tall that the foot, which sticks to the edge of the screen, hides no half of a line: scrolling uncovers it."""
PAGES = ["sign in", "today", "customers", "door card", "report", "playbook"]


def path_of(house: Addresses, page: str) -> str:
    customer = house.customer("恒润纺机")
    known = {"today": f"/days/{house.today}", "customers": "/customers", "playbook": "/playbook", "sign in": "/sign-in"}
    return known.get(page) or {"door card": customer, "report": f"{customer}/reports/new"}[page]


@pytest.mark.parametrize("page", PAGES)
def test_lighthouse_has_nothing_to_take_off(
    house: Addresses, signed_in: dict[str, Any], tmp_path: Path, page: str
) -> None:
    token = next(cookie["value"] for cookie in signed_in["lin"]["cookies"] if cookie["name"] == "doorstep")
    headers = {} if page == "sign in" else {"Cookie": f"doorstep={token}"}
    out = tmp_path / "report.json"
    command = [
        shutil.which("node") or "node",
        str(LIGHTHOUSE),
        house.base + path_of(house, page),
        "--quiet",
        "--output=json",
        f"--output-path={out}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--extra-headers={json.dumps(headers)}",
        *TALL,
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --lang=zh-CN",
    ]
    environment = os.environ | {"CHROME_PATH": machine.chromium() or ""}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    result = json.loads(out.read_text())
    marks = {name: result["categories"][name]["score"] for name in CATEGORIES}
    lost = {
        name: audit["title"]
        for name, audit in result["audits"].items()
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] != "informative"
    }
    assert marks == dict.fromkeys(CATEGORIES, 1), lost
    assert path_of(house, page) in result["finalDisplayedUrl"]
