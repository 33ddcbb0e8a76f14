"""A thousand reports from a phone's outbox to stored, against other engines with the same texts, in one run. The harness lies
beside the project (../shared/syncbench) and is copied to a folder of its own; without it this part says so and is left out."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.sync_server import furnish

ROOT = Path(__file__).parents[2]
HARNESS = ROOT.parent / "shared" / "syncbench"
PLACE = Path(os.environ.get("SYNCBENCH_PLACE", "/tmp/doorstep-syncbench"))
GOALS = {"requests": 25, "bytes": 300_000, "of PouchDB's time": 0.5, "slow 4G": 6000}


def run(rounds: int = 3) -> None:
    """Print requests, bytes and milliseconds of each engine, and ours as a ratio to PouchDB's."""
    if not HARNESS.is_dir():
        print(f"\nthe sync bench is left out: {HARNESS} is not there")
        return
    _prepare()
    engines = ["pouchdb", "app", *(["rxdb"] if (PLACE / "engines/rxdb/bundle.js").exists() else [])]
    for net, times in (("lo", rounds), ("slow4g", 1)):
        found: dict[str, list[dict[str, Any]]] = {engine: [] for engine in engines}
        for _round in range(times):
            for engine in engines:
                found[engine].append(_measure(engine, net))
        _tell(net, found)


def _prepare() -> None:
    """A copy of the harness with its packages, and our engine in it."""
    if not (PLACE / "bench.py").exists():
        shutil.copytree(HARNESS, PLACE, copy_function=shutil.copyfile)
    if not (PLACE / "node_modules/pouchdb").is_dir():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=PLACE, check=True)
    if not (PLACE / "data/reports.json").exists():
        subprocess.run(["node", "gen_data.mjs"], cwd=PLACE, check=True)
    furnish(PLACE / "house")
    ours = PLACE / "engines/app"
    ours.mkdir(exist_ok=True)
    server = ["{python}", "-m", "tests.bench.sync_server"]
    (ours / "meta.json").write_text(json.dumps({"name": "Doorstep", "server": server, "page": "/_bench/page"}))


def _measure(engine: str, net: str) -> dict[str, Any]:
    out = PLACE / "results.jsonl"
    out.unlink(missing_ok=True)
    command = [sys.executable, "bench.py", engine, "--reps", "1", "--only", "push", "--net", net, "--out", str(out)]
    env = {**os.environ, "SYNCBENCH": str(PLACE), "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=PLACE, env=env, check=True, stdout=subprocess.DEVNULL, timeout=400)
    return dict(json.loads(out.read_text())["median"])


def _tell(net: str, found: dict[str, list[dict[str, Any]]]) -> None:
    def middle(engine: str, what: str) -> float:
        return statistics.median(one[what] for one in found[engine])

    print(f"\n1,000 reports from outbox to stored, {net}")
    for engine in found:
        requests, size, ms = (middle(engine, what) for what in ("push_reqs", "push_total_B", "push_server_ms"))
        ratio = ms / middle("pouchdb", "push_server_ms")
        each = middle(engine, "write_each_ms") / 1000
        print(
            f"  {engine:8} {requests:4.0f} requests {size / 1000:7.0f} KB {ms:8.0f} ms ({ratio:4.2f}× PouchDB); saving {each:5.2f} ms"
        )
    print("  goals: at most 25 requests, 300 KB; loopback half of PouchDB's time; slow 4G 6,000 ms")
