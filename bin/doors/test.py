"""bin/test: everything. Installs what the tests need, browser and servers included, and runs them all."""

import os
import shutil

from doors import check, environment, machine
from doors.steps import Run, node_tests, pytest, two_at_a_time

SERVICE_WORKER = environment.ROOT / "tests" / "service_worker"


def swing(argv: list[str]) -> None:
    """Run all tests, or with arguments only pytest with these; ends with status 0 only if all is well."""
    environment.enter("test")
    machine.prepare_for_tests()
    if argv:
        os.chdir(environment.ROOT)
        os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "pytest", *argv])
    run = Run()
    check.inspect(run)
    run.step("unit tests", pytest(*check.SIDE_BY_SIDE, "-m", check.UNIT))
    run.step("slow tests", pytest(*check.SIDE_BY_SIDE, "-m", "slow and not server and not browser"))
    run.step("with real servers", two_at_a_time("-m", "server and not browser"))
    run.step("trips in a browser", two_at_a_time("-m", "browser"))
    if any(SERVICE_WORKER.rglob("*.test.js")):
        run.step("service worker (node)", node_tests(SERVICE_WORKER, shutil.which("node") or "node"))
    raise SystemExit(run.end())
