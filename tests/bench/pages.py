"""Server time of the four pages that matter, at 1,000 and at 100,000 customers, against the bare page."""

import sqlite3
import tempfile
from pathlib import Path

from tests.bench import stock
from tests.bench.load import Ask, a_report, measure, sign_in
from tests.bench.server import serve

GOALS = {"list": 12, "search": 12, "door card": 10, "report": 12}
SIZES = ((1000, 1000), (100_000, 5000))


def run(quick: bool = False) -> None:
    """Print a table: for each size and page the median, the ninety-fifth and the ratio to the bare page."""
    medians: dict[tuple[int, str], float] = {}
    for total, own in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            stock.fill(data, total, own)
            with serve(data) as base:
                _one_size(base, data, total, own, medians, 20 if quick else 100)
    print("\nflat from 1,000 to 100,000 (ratio to the bare page of its own run):")
    for page in GOALS:
        small, large = (medians[total, page] for total, _own in SIZES)
        print(f"  {page:10} {large / small:5.2f}×")


def _one_size(base: str, data: Path, total: int, own: int, medians: dict[tuple[int, str], float], each: int) -> None:
    cookie = sign_in(base, "lin")
    customer = _some_customer(data)
    asks = {
        "list": Ask("/customers"),
        "search": Ask("/customers?q=hengr"),
        "door card": Ask(f"/customers/{customer}"),
        "report": Ask(f"/customers/{customer}/reports", a_report),
    }
    for clients in (1, 16):
        bare, _ = measure(base, cookie, Ask("/bare"), clients, each)
        print(f"\n{total:,} customers ({own:,} own), {clients} client(s); bare page {bare:.2f} ms")
        for page, ask in asks.items():
            median, p95 = measure(base, cookie, ask, clients, each if clients == 1 else max(5, each // 8))
            ratio = median / bare
            mark = "" if ratio <= GOALS[page] else f"   over the goal of {GOALS[page]}×"
            print(f"  {page:10} median {median:7.1f} ms  p95 {p95:7.1f} ms  {ratio:5.1f}×{mark}")
            if clients == 1:
                medians[total, page] = ratio


def _some_customer(data: Path) -> str:
    with sqlite3.connect(data / "doorstep.sqlite3") as db:
        rows = db.execute(
            "SELECT c.id FROM customer c JOIN user u ON u.id = c.owner_id WHERE u.username = 'lin' LIMIT 1"
        )
        return str(rows.fetchone()[0])
