"""The project's own environment: .venv with exactly what the lock files say, and node_modules beside it.

Nothing is checked twice: beside the packages lies a stamp with the digest of the lock file they came from.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from doors import machine, node
from doors.say import stop, tell

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ["requirements.lock"], "test": ["requirements.lock", "requirements-test.lock"]}
SIZE = {"requirements.lock": "what the app needs", "requirements-test.lock": "what the tests need"}


def enter(level: str = "run", front: str | None = None) -> None:
    """Make sure that everything of this level ("run" or "test") is installed, and go on inside .venv.

    front: the level of the front-end packages where it differs. Ends with status 1 and a sentence when something
    cannot be installed.
    """
    front = front or level
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a house that is opened a hundred times is compiled once
    if not inside() or not ready(level, front):
        with one_at_a_time():
            install(level, front)
    if not inside():
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "bin" / "doors"), *sys.argv[1:]])
    os.environ["PATH"] = os.pathsep.join([str(PYTHON.parent), *node.folders(VENV), os.environ.get("PATH", "")])


def inside() -> bool:
    """Whether this very process runs on the project's own Python."""
    return VENV.is_dir() and os.path.samefile(sys.prefix, VENV)


def ready(level: str, front: str) -> bool:
    """Whether nothing needs to be installed; reads a few small files and starts nothing."""
    packages = all(is_stamped(ROOT / lock) for lock in LOCKS[level]) and node.is_ready(ROOT, front == "test")
    return packages and node.is_there(VENV)


def install(level: str, front: str) -> None:
    """Install what is missing, first the Python packages, then the front-end ones."""
    make_venv()
    for lock in LOCKS[level]:
        install_lock(ROOT / lock, SIZE[lock])
    if not node.is_ready(ROOT, front == "test"):
        node.install(ROOT, front == "test", find_npm())
    if not node.is_there(VENV):
        find_npm()


def find_npm() -> list[str]:
    """The command for npm: the machine's own, or the one that a Python package brings."""
    if npm := node.of_the_machine():
        return npm
    install_lock(ROOT / "requirements-node.lock", "Node, which this machine lacks")
    return node.of_the_package(VENV)


def make_venv() -> None:
    """Make .venv, or make it anew if its Python is gone or has changed."""
    if PYTHON.exists() and quiet([PYTHON, "-c", "import pip"]).returncode == 0:
        return
    tell("Making the project's own Python environment in .venv …")
    command = [getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", VENV]
    if quiet(command).returncode == 0:
        return
    machine.install_venv()
    if (result := quiet(command)).returncode != 0:
        stop(f"python3 -m venv failed:\n{result.stdout}")


def install_lock(lock: Path, what: str) -> None:
    """Install a lock file with pip, every file checked against its hash."""
    if is_stamped(lock):
        return
    tell(f"Installing {what} ({lock.name}) …")
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    result = quiet([PYTHON, "-m", "pip", "install", *options, "-r", lock])
    if result.returncode != 0:
        stop(
            f"{result.stdout}\npip could not install {lock.name}; its reason stands above. The next try goes on from here."
        )
    stamp(lock).write_text(digest(lock))


def stamp(lock: Path) -> Path:
    """Where the digest of an installed lock file is kept."""
    return VENV / f"{lock.name}.installed"


def is_stamped(lock: Path) -> bool:
    """Whether the lock file as it is now has been installed completely."""
    path = stamp(lock)
    return path.exists() and path.read_text() == digest(lock)


def digest(lock: Path) -> str:
    """Changes when the lock file does, or the Python that the packages are for."""
    configuration = VENV / "pyvenv.cfg"
    made_by = configuration.read_bytes() if configuration.exists() else b""
    return hashlib.sha256(lock.read_bytes() + made_by + repr(sys.version_info[:2]).encode()).hexdigest()


def quiet(command: Sequence[str | Path], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    return subprocess.run(command, text=True, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two doors opened at once install once: the second waits for the first."""
    folder = os.open(ROOT / "bin", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
