"""What only the machine itself can bring: Python's venv, and for the tests browsers, fonts, two real servers and a look at the disk."""

import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from doors.say import stop, tell

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = ("Chromium", "Google Chrome")


def chromium() -> str | None:
    """The browser of the trips: DOORSTEP_CHROMIUM, or the first that the machine has."""
    if named := os.environ.get("DOORSTEP_CHROMIUM"):
        return named
    on_mac = [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MAC_BROWSERS]
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    return next(iter([*found, *(str(path) for path in on_mac if path.exists())]), None)


def postgres_program(name: str) -> str | None:
    """The path of a program of PostgreSQL; Debian keeps its servers outside PATH, the newest is taken."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    path = os.pathsep.join([*map(str, reversed(folders)), os.environ.get("PATH", "")])
    return shutil.which(name, path=path)


def has_font(pattern: str) -> bool:
    """Whether a font file is there; a Mac has its own Chinese and Latin fonts."""
    return is_mac() or any(Path("/usr/share/fonts").rglob(pattern))


WANTED: dict[str, Callable[[], object]] = {
    "chromium": chromium,
    "fonts-noto-cjk": lambda: has_font("NotoSansCJK*"),
    "fonts-liberation": lambda: has_font("LiberationSans-*"),
    "postgresql": lambda: postgres_program("initdb"),
    "redis-server": lambda: shutil.which("redis-server"),
    "firefox-esr": lambda: is_mac() or shutil.which("firefox-esr"),
    "webkit2gtk-driver": lambda: is_mac() or shutil.which("WebKitWebDriver"),
    "xvfb": lambda: is_mac() or shutil.which("Xvfb"),
    "strace": lambda: is_mac() or shutil.which("strace"),
}
"""Debian package → whether what it brings is there; a Mac has no WebKitGTK and no strace, and skips what needs them."""


def prepare_for_tests() -> None:
    """Install what the tests need of the machine; ends with a sentence where that is not ours to do."""
    if missing := [package for package, present in WANTED.items() if not present()]:
        install(missing, "The tests need")
    os.environ["DOORSTEP_CHROMIUM"] = os.environ["CHROME_PATH"] = chromium() or ""


def install_venv() -> None:
    """Debian cuts venv out of python3 into a package of its own."""
    install(["python3-venv"], "python3 cannot make a virtual environment: it needs")


def install(packages: list[str], why: str) -> None:
    """Install Debian packages if that is allowed without asking, else end with the command to type."""
    names = " ".join(packages)
    if is_mac():
        stop(f"{why} {names}. Install: brew install --cask chromium && brew install postgresql redis")
    if not shutil.which("apt-get"):
        stop(f"{why} {names}. Install them with this machine's package manager (the names are Debian's).")
    allowed = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if allowed and not can_sudo():
        stop(f"{why} {names}. Install: sudo apt-get install {names}")
    tell(f"Installing {names} with apt-get …")
    command = [*allowed, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
    run([*command, "update"], names)
    run([*command, "install", "-y", "--no-install-recommends", *packages], names)


def run(command: list[str], names: str) -> None:
    """Run one step of apt-get; what it says is shown only when it fails."""
    result = subprocess.run(
        command, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if result.returncode != 0:
        stop(f"{result.stdout}\napt-get could not install {names}.")


def can_sudo() -> bool:
    """Whether sudo works without a password."""
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def is_mac() -> bool:
    """Whether this is a Mac."""
    return platform.system() == "Darwin"
