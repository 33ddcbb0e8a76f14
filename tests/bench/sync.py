"""A thousand reports from a phone's outbox to stored, against other engines with the same texts, in one run. The harness lies
beside the project (../shared/syncbench) and is copied to a folder of its own, where the others' engines come from npm by the
lock in rivals/; without the harness this part says so and is left out."""

import filecmp
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
RIVALS = Path(__file__).parent / "rivals"
PLACE = Path(os.environ.get("SYNCBENCH_PLACE", "/tmp/doorstep-syncbench"))
ENGINES = {"pouchdb": "PouchDB 9", "rxdb": "RxDB 17", "app": "Doorstep", "floor": "the floor"}
"""The last one is the harness's own: compressed JSON to a bare table, without a form, a rule or a reader."""


def run(rounds: int = 3) -> None:
    """Print requests, bytes and milliseconds of each engine, and how they stand to PouchDB's."""
    if not HARNESS.is_dir():
        print(f"\nthe sync bench is left out: {HARNESS} is not there")
        return
    _prepare()
    for net, times in (("lo", rounds), ("slow4g", max(1, rounds - 2))):
        found: dict[str, list[dict[str, Any]]] = {engine: [] for engine in ENGINES}
        for _round in range(times):
            for engine in ENGINES:
                found[engine].append(_measure(engine, net))
        _tell(net, found)


def _prepare() -> None:
    """A copy of the harness, the others' packages, and our engine beside theirs."""
    if not (PLACE / "bench.py").exists():
        shutil.copytree(HARNESS, PLACE, copy_function=shutil.copyfile)
    _fetch_the_others()
    if not (PLACE / "data/reports.json").exists():
        subprocess.run(["node", "gen_data.mjs"], cwd=PLACE, check=True)
    furnish(PLACE / "house")
    _name("app", "Doorstep", ["{python}", "-m", "tests.bench.sync_server"], "/_bench/page")
    _name("rxdb", "RxDB 17.6", ["{python}", str(RIVALS / "rxdb_server.py")], "/static/engines/rxdb/index.html")


def _fetch_the_others() -> None:
    lock = PLACE / "package-lock.json"
    if lock.exists() and filecmp.cmp(RIVALS / "package-lock.json", lock, shallow=False):
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(RIVALS / name, PLACE / name)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=PLACE, check=True)
    whole = ["--bundle", "--minify", "--format=iife", '--define:process.env.NODE_ENV="production"']
    into = ["--define:global=globalThis", "--outfile=engines/rxdb/bundle.js", "--log-level=error"]
    subprocess.run(["node_modules/.bin/esbuild", "engines/rxdb/client.mjs", *whole, *into], cwd=PLACE, check=True)


def _name(engine: str, name: str, server: list[str], page: str) -> None:
    folder = PLACE / "engines" / engine
    folder.mkdir(exist_ok=True)
    (folder / "meta.json").write_text(json.dumps({"name": name, "server": server, "page": page}))


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

    print(f"\n1,000 reports from outbox to stored, {net}; load {os.getloadavg()[0]:.1f}")
    print(f"  {'':10} requests     KB       ms  of PouchDB's time")
    for engine, name in ENGINES.items():
        requests, size, ms = (middle(engine, what) for what in ("push_reqs", "push_total_B", "push_server_ms"))
        print(
            f"  {name:10} {requests:8.0f} {size / 1000:6.0f} {ms:8.0f} {ms / middle('pouchdb', 'push_server_ms'):8.2f}"
        )
    print("  goals: 25 requests, 300 KB; loopback 0.50 of PouchDB's time; slow 4G 6,000 ms")
