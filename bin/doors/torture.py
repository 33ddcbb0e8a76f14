"""bin/torture: fifty thousand storms over the real letterbox. What one is is written in tests/outbox/model/."""

import os

from doors import environment, machine


def swing(argv: list[str]) -> None:
    """Become `python -m tests.outbox.model.torture`."""
    environment.enter("test")
    machine.prepare_for_tests()
    os.chdir(environment.ROOT)
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "tests.outbox.model.torture", *argv])
