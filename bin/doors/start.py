"""bin/start: from a fresh checkout to a house that serves, in one command.

This process only watches. Two children do the work, each for as long as this one lives: `web` prepares the data and
serves, `jobs` carries out what was put off. Whoever ends, all end.
"""

import argparse
import os
import socket
from pathlib import Path

from doors import environment
from doors.household import Household
from doors.say import stop


def swing(argv: list[str]) -> None:
    """Serve until somebody says stop; ends with status 1 and a sentence if that cannot be."""
    wishes = parse(argv)
    bind(wishes.host, wishes.port).close()
    make_folder(wishes.data)
    environment.enter("run")
    os.environ["DOORSTEP_DATA"] = str(wishes.data)
    raise SystemExit(Household(bind(wishes.host, wishes.port), wishes.empty).live())


def parse(argv: list[str]) -> argparse.Namespace:
    """The wishes of the command line; `data` comes back as an absolute path."""
    parser = argparse.ArgumentParser(
        prog="bin/start",
        description="Start Doorstep. The first time, everything it needs is installed into the project folder.",
    )
    parser.add_argument("--port", type=port_number, default=8000, help="where it listens (8000); 0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets phones in the same network in")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder (data in the project folder)")
    parser.add_argument("--empty", action="store_true", help="load no demo data into a new database")
    wishes = parser.parse_args(argv)
    chosen = wishes.data or os.environ.get("DOORSTEP_DATA") or environment.ROOT / "data"
    wishes.data = Path(chosen).expanduser().absolute()
    return wishes


def port_number(text: str) -> int:
    """A port as a whole number from 0 to 65535."""
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; take a number up to 65535")
    return int(text)


def make_folder(data: Path) -> None:
    """Make the data folder and see that we may write in it."""
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"Doorstep cannot make its data folder {data} ({error.strerror}). Name another with --data.")
    if not os.access(data, os.W_OK | os.X_OK):
        stop(f"Doorstep may not write in its data folder {data}. Name another with --data.")


def bind(host: str, port: int) -> socket.socket:
    """Take the address without listening yet, so that nobody is let in before the house is ready."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        stop(why_not(host, port, error))
    door = socket.socket(family, kind)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(address)
    except OSError as error:
        door.close()
        stop(why_not(host, port, error))
    return door


def why_not(host: str, port: int, error: Exception) -> str:
    """The sentence for an address that cannot be had."""
    reason = getattr(error, "strerror", None) or str(error)
    advice = "Name another with --port, for example bin/start --port 8001."
    if isinstance(error, socket.gaierror):
        advice = "Name an address of this machine with --host."
    return f"Doorstep cannot listen on {host}:{port} ({reason}). {advice}"
