"""bin/pictures: takes the pictures of the README anew, from the running app with its demo office."""

import os

from doors import environment, machine


def swing(argv: list[str]) -> None:
    """Become `python -m tests.pictures`, which writes docs/pictures/*.png."""
    environment.enter("test")
    machine.prepare_for_tests()
    os.chdir(environment.ROOT)
    os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "tests.pictures", *argv])
