"""Many storms on all processors, told as they go, written down in docs/torture.log."""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

LOG = Path(__file__).parents[3] / "docs" / "torture.log"
AT_ONCE = 100


def some(first: int, many: int) -> tuple[int, Counter[str], dict[int, str]]:
    """Run these storms in this process, which keeps its server and its phones for the next ones."""
    from tests.outbox.model.office import Office
    from tests.outbox.model.phones import Phones
    from tests.outbox.model.storm import Storm

    if "office" not in _here:
        _here.update(office=Office(), phones=Phones())
    count: Counter[str] = Counter()
    wrong: dict[int, str] = {}
    for seed in range(first, first + many):
        storm = Storm(seed, _here["office"], _here["phones"])
        try:
            said = storm.run()
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            _here.update(phones=Phones())
        if said:
            wrong[seed] = said
        count += storm.count
    return many, count, wrong


_here: dict = {}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/torture", description="Random storms over the real letterbox.")
    parser.add_argument("--schedules", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=1_000_000, help="the seed of the first one")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--log", type=Path, default=LOG)
    asked = parser.parse_args()
    begun, done, count, wrong = time.monotonic(), 0, Counter[str](), {}
    with ProcessPoolExecutor(asked.processes) as pool:
        last = asked.first + asked.schedules
        parts = [pool.submit(some, first, min(AT_ONCE, last - first)) for first in range(asked.first, last, AT_ONCE)]
        for part in as_completed(parts):
            many, found, bad = part.result()
            done, count = done + many, count + found
            wrong |= bad
            for seed, said in bad.items():
                print(f"storm {seed}: {said}", flush=True)
            if done % 1000 < AT_ONCE:
                print(
                    f"{done:,} of {asked.schedules:,} · {len(wrong)} violations · {time.monotonic() - begun:.0f} s",
                    flush=True,
                )
    told = tell(asked, count, wrong, time.monotonic() - begun)
    with asked.log.open("a") as log:
        log.write(told + "\n")
    print(told)
    return 1 if wrong else 0


def tell(asked: argparse.Namespace, count: Counter[str], wrong: dict[int, str], seconds: float) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    when, last = time.strftime("%Y-%m-%d %H:%M"), asked.first + asked.schedules - 1
    lines = [
        f"{when} · commit {commit or '?'} · {asked.schedules:,} storms, seeds {asked.first}–{last}",
        f"  {asked.processes} processes · {seconds:.0f} s · {len(wrong)} violations",
        "  " + ", ".join(f"{name} {n:,}" for name, n in sorted(count.items())),
        *(f"  storm {seed}: {said}" for seed, said in sorted(wrong.items())),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
