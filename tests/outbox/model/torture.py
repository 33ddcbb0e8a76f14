"""Many storms on all processors, told as they go, written down in docs/torture.log."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
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
    parser = argparse.ArgumentParser(prog="bin/torture storms", description="Random storms over the real letterbox.")
    parser.add_argument("--schedules", type=int, default=50_000)
    parser.add_argument("--first", type=int, default=1_000_000, help="the seed of the first one")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--log", type=Path, default=LOG)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped early, it still says what it has seen
    begun, tally = time.monotonic(), Tally()
    pool = ProcessPoolExecutor(asked.processes, initializer=heed_nothing)
    try:
        last = asked.first + asked.schedules
        parts = [pool.submit(some, first, min(AT_ONCE, last - first)) for first in range(asked.first, last, AT_ONCE)]
        for part in as_completed(parts):
            tally.take(*part.result())
            if tally.done % 1000 < AT_ONCE:
                print(f"{tally} of {asked.schedules:,} · {time.monotonic() - begun:.0f} s", flush=True)
    except KeyboardInterrupt:
        heed_nothing()
        print("stopped", flush=True)
    pool.shutdown(wait=False, cancel_futures=True)
    told = tell(asked, tally, time.monotonic() - begun)
    with asked.log.open("a") as log:
        log.write(told + "\n")
    print(told)
    return 1 if tally.wrong else 0


def heed_nothing() -> None:
    """Who stops the storms stops the one who counts them; the others end with the part that they are at."""
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_IGN)


@dataclass
class Tally:
    """What has been seen so far."""

    done: int = 0
    count: Counter[str] = field(default_factory=Counter)
    wrong: dict[int, str] = field(default_factory=dict)

    def take(self, many: int, found: Counter[str], bad: dict[int, str]) -> None:
        self.done, self.count = self.done + many, self.count + found
        self.wrong |= bad
        for seed, said in bad.items():
            print(f"storm {seed}: {said}", flush=True)

    def __str__(self) -> str:
        return f"{self.done:,} storms · {len(self.wrong)} violations"


def tell(asked: argparse.Namespace, tally: Tally, seconds: float) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    when, wanted = time.strftime("%Y-%m-%d %H:%M"), f", stopped before {asked.schedules:,}"
    lines = [
        f"{when} · commit {commit or '?'} · {tally}, seeds from {asked.first}{wanted if tally.done < asked.schedules else ''}",
        f"  {asked.processes} processes · {seconds:.0f} s",
        "  " + ", ".join(f"{name} {n:,}" for name, n in sorted(tally.count.items())),
        *(f"  storm {seed}: {said}" for seed, said in sorted(tally.wrong.items())),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
