"""A run of checks is a list of steps: each says its name, its seconds and how much of it passed."""

import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from doors.environment import PYTHON, ROOT, quiet


@dataclass(frozen=True)
class Tally:
    """How many passed, failed and were skipped; tallies add up."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        words = f"{self.passed} passed, {self.failed} failed"
        return f"{words}, {self.skipped} skipped" if self.skipped else words

    def but_status(self, status: int) -> "Tally":
        """A command that ended badly has failed, even if it counted no failure (or nothing at all)."""
        return self if status == 0 or self.failed else self + Tally(failed=1)


@dataclass
class Run:
    """The steps of one door, one after the other; what came before a failure does not hide what comes after."""

    tally: Tally = field(default_factory=Tally)

    def step(self, name: str, work: Callable[[], Tally]) -> None:
        """Do one step and print its line."""
        begun = time.monotonic()
        result = work()
        self.tally += result
        line(f"{'✗' if result.failed else '✓'} {name:<28} {result}  {time.monotonic() - begun:.1f} s")

    def end(self) -> int:
        """Print the one line that sums it all up; the exit status."""
        line(str(self.tally))
        return 1 if self.tally.failed or not self.tally.passed else 0


def tool(*arguments: str) -> Callable[[], Tally]:
    """What Python does with these arguments is one check; what it says is shown when it fails."""

    def work() -> Tally:
        result = quiet([PYTHON, *arguments], cwd=ROOT)
        if result.returncode != 0:
            line(result.stdout.rstrip())
        return Tally(failed=1) if result.returncode else Tally(passed=1)

    return work


def pytest(*arguments: str) -> Callable[[], Tally]:
    """A run of pytest, counted test by test."""
    return lambda: _pytest(arguments)


def two_at_a_time(*arguments: str) -> Callable[[], Tally]:
    """The same for tests that mostly wait, two files beside each other. What did not hold there is named and has to hold
    by itself: on two cores one test may run out of patience because of the other, but not because of the app."""

    def work() -> Tally:
        beside = _pytest(("-n", "2", "--dist", "loadfile", *arguments))
        if not beside.failed:
            return beside
        line("  once more, by themselves:")
        return Tally(beside.passed, 0, beside.skipped) + _pytest(
            ("--last-failed", "--last-failed-no-failures", "none", *arguments)
        )

    return work


def _pytest(arguments: Sequence[str]) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        return (count_junit(report) if report.exists() else Tally()).but_status(status)


def count_junit(report: Path) -> Tally:
    """The sums of a JUnit report; an error while setting up counts as a failure."""
    total = Tally()
    for suite in ET.parse(report).getroot().iter("testsuite"):
        tests, failures, errors, skipped = (int(suite.get(n, 0)) for n in ("tests", "failures", "errors", "skipped"))
        total += Tally(tests - failures - errors - skipped, failures + errors, skipped)
    return total


def node_tests(folder: Path, node: str) -> Callable[[], Tally]:
    """Node's own test runner on the tests of a folder."""

    def work() -> Tally:
        files = sorted(map(str, folder.rglob("*.test.js")))
        command = [node, "--test", "--test-reporter=tap", *files]
        result = subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, check=False)
        if result.returncode != 0:
            line(result.stdout)
        return count_tap(result.stdout).but_status(result.returncode)

    return work


def count_tap(said: str) -> Tally:
    """The closing lines of Node's test runner; what was cancelled has failed."""
    counts = {"pass": 0, "fail": 0, "cancelled": 0, "skipped": 0, "todo": 0}
    for text in said.splitlines():
        words = text.split()
        if len(words) == 3 and words[0] == "#" and words[1] in counts and words[2].isdigit():
            counts[words[1]] = int(words[2])
    return Tally(counts["pass"], counts["fail"] + counts["cancelled"], counts["skipped"] + counts["todo"])


def line(text: str) -> None:
    """Print at once, in order with what the steps print themselves."""
    print(text, flush=True, file=sys.stdout)
