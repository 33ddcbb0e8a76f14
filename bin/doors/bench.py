"""bin/bench: how fast the house is, as ratios in one run. What it measures is written in tests/bench/."""

import os

from doors import environment, machine


def swing(argv: list[str]) -> None:
    """Become `python -m tests.bench`."""
    environment.enter("test")
    machine.prepare_for_tests()
    os.chdir(environment.ROOT)
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "tests.bench", *argv])
