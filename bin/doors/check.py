"""bin/check: the fast part, before every commit. Lint, types, the stairs between the rooms, and the unit tests."""

import argparse

from doors import environment
from doors.steps import Run, pytest, tool

UNIT = "not browser and not server and not slow"
SIDE_BY_SIDE = ("-n", "2", "--dist", "worksteal")
"""Each process begins with one half of the files, so that what a file makes once is made once."""


def swing(argv: list[str]) -> None:
    """Run the fast checks; ends with status 0 only if all is well."""
    argparse.ArgumentParser(prog="bin/check", description="Lint, types, import stairs and unit tests.").parse_args(argv)
    environment.enter("test", front="run")
    run = Run()
    inspect(run)
    run.step("unit tests", pytest(*SIDE_BY_SIDE, "-m", UNIT))
    raise SystemExit(run.end())


def inspect(run: Run) -> None:
    """What can be seen without running the app."""
    run.step("ruff check", tool("-m", "ruff", "check", "--quiet"))
    run.step("ruff format", tool("-m", "ruff", "format", "--check", "--quiet"))
    run.step("types (mypy)", tool("-m", "mypy"))
    run.step("stairs (import-linter)", tool(str(environment.VENV / "bin" / "lint-imports"), "--no-logo"))
