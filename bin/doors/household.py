"""The processes of a running house, kept together: they start together and end together, whatever happens."""

import json
import os
import signal
import socket
import subprocess
import time
from types import FrameType
from typing import TextIO

from doors import welcome
from doors.environment import PYTHON, ROOT
from doors.say import tell

PATIENCE = 20.0
"""Seconds that a child is given to finish what it is doing before it is ended."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent a signal."""


class Household:
    """One house on one socket."""

    def __init__(self, door: socket.socket, empty: bool) -> None:
        self.door = door
        self.empty = empty
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def live(self) -> int:
        """Run until told to stop or until a child ends; the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _raise_stopped)
        try:
            return self.open() or self.watch()
        except Stopped:
            return 0
        finally:
            self.close()

    def open(self) -> int:
        """Start both children and greet; 1 if the house could not be opened."""
        host, port = self.door.getsockname()[:2]
        reading, writing = os.pipe()
        options = ["--empty"] if self.empty else []
        self.start("web", str(self.door.fileno()), str(writing), *options, hands_over=(self.door.fileno(), writing))
        os.close(writing)
        self.door.close()
        with os.fdopen(reading) as news:
            prepared = hear(news, "prepared")
            if prepared is not None:
                self.start("jobs")
            if prepared is None or hear(news, "serving") is None:
                tell("Doorstep could not start; the reason stands above.")
                return 1
        print(welcome.words(host, port, prepared["demo"]), flush=True)
        return 0

    def start(self, name: str, *arguments: str, hands_over: tuple[int, ...] = ()) -> None:
        """Start a child in a session of its own, so that Ctrl-C reaches only us. It ends when its input does."""
        command = [str(PYTHON), str(ROOT / "bin" / "doors"), name, *arguments]
        self.children[name] = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, pass_fds=hands_over, start_new_session=True
        )

    def watch(self) -> int:
        """Wait for a child that ends by itself, which none should."""
        ended, status = os.wait()
        for name, child in self.children.items():
            if child.pid == ended:
                child.returncode = os.waitstatus_to_exitcode(status)
                tell(f"Doorstep stops, because its process '{name}' ended ({child.returncode}).")
        return 1

    def close(self) -> None:
        """Ask every child to finish, and end those that do not."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        until = time.monotonic() + PATIENCE
        for child in self.running():
            child.terminate()
        for child in self.running():
            try:
                child.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def running(self) -> list[subprocess.Popen[bytes]]:
        """The children that have not ended."""
        return [child for child in self.children.values() if child.poll() is None]


def hear(news: TextIO, about: str) -> dict[str, bool] | None:
    """The next piece of news of this kind; None when the teller is gone."""
    for line in news:
        kind, _, details = line.partition(" ")
        if kind.strip() == about:
            heard: dict[str, bool] = json.loads(details or "{}")
            return heard
    return None


def _raise_stopped(_number: int, _frame: FrameType | None) -> None:
    raise Stopped
