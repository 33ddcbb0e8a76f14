"""bin/torture: the proofs that take hours. `bin/torture storms` is fifty thousand schedules over the real letterbox
(tests/outbox/model/), `bin/torture browsers` kills, cuts and fills real browsers (tests/airplane/); without a word, both."""

import os
import subprocess

from doors import environment, machine

KINDS = {"browsers": "tests.airplane.torture", "storms": "tests.outbox.model.torture"}


def swing(argv: list[str]) -> None:
    """Run one kind with its options, or both without any; ends with status 0 only if all held."""
    environment.enter("test")
    machine.prepare_for_tests()
    kinds, options = (argv[:1], argv[1:]) if argv and argv[0] in KINDS else (list(KINDS), [])
    if argv and not options and argv[0] not in KINDS:
        kinds, options = ["storms"], argv  # its options alone mean the storms
    failed = 0
    for kind in kinds:
        command = [str(environment.PYTHON), "-m", KINDS[kind], *options]
        failed |= subprocess.run(command, cwd=environment.ROOT, env=os.environ, check=False).returncode
    raise SystemExit(1 if failed else 0)
