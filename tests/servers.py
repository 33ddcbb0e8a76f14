"""Real servers for the tests, each private, in a folder of its own, and gone afterwards.

PostgreSQL and Redis are the real ones of the machine, reached through a socket in that folder. S3 is served by rclone, which
knows nothing of boto: it checks every signature and keeps the objects as files.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from doors import machine

BUCKET = "doorstep-test"
S3_KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "only for tests", "AWS_DEFAULT_REGION": "us-east-1"}


class Server:
    """A process that says when it is ready. What it prints is read to the end, so it never blocks."""

    def __init__(self, command: list[str], ready: str, **options: object) -> None:
        self.last_words: deque[str] = deque(maxlen=60)
        self.process = subprocess.Popen(  # type: ignore[call-overload]
            command, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
        )
        self.ready = self._wait_for(re.compile(ready))
        self._reader = threading.Thread(target=self._read_on, daemon=True)
        self._reader.start()

    def _wait_for(self, ready: re.Pattern[str]) -> re.Match[str]:
        for line in self.process.stdout:
            self.last_words.append(line)
            if found := ready.search(line):
                return found
        raise AssertionError(f"{self.process.args} ended before it was ready:\n{self.said()}")

    def _read_on(self) -> None:
        with self.process.stdout as printed:
            self.last_words.extend(printed)

    def said(self) -> str:
        """The last lines it printed."""
        return "".join(self.last_words)

    def end(self, number: int = signal.SIGTERM, patience: float = 30) -> int:
        """Send a signal and wait until it and every process it started are gone; its exit status.

        All of them hold the pipe they print to, so its end is theirs. Raises AssertionError if one outlives patience
        (seconds).
        """
        self.process.send_signal(number)
        self._reader.join(patience)
        assert not self._reader.is_alive(), f"a process of {self.process.args} is still there:\n{self.said()}"
        return int(self.process.wait())


@contextmanager
def postgres() -> Iterator[str]:
    """A new PostgreSQL cluster with an empty database; its URL. Root runs it as the user postgres, as it insists."""
    with _folder() as folder:
        owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if owner:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
        data = str(folder / "data")
        initdb = [
            _program("initdb"),
            "-D",
            data,
            "-U",
            "doorstep",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **owner)
        quick = ["-c", "fsync=off", "-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
        command = [_program("postgres"), "-D", data, *quick]
        server = Server(command, "ready to accept connections", cwd=folder, **owner)
        try:
            url = f"postgresql://doorstep@/doorstep?host={folder}"
            with psycopg.connect(url.replace("/doorstep?", "/postgres?"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE doorstep")
            yield url
        finally:
            server.end(signal.SIGINT)


@contextmanager
def redis() -> Iterator[str]:
    """A new, empty Redis that writes nothing to the disk; its URL."""
    with _folder() as folder:
        socket = str(folder / "redis.sock")
        program = shutil.which("redis-server")
        assert program, "redis-server is missing; bin/test installs it"
        options = ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", str(folder)]
        server = Server([program, *options], "[Rr]eady to accept connections")
        try:
            yield f"unix://{socket}"
        finally:
            server.end()


@contextmanager
def s3() -> Iterator[str]:
    """An S3 server with one empty bucket (BUCKET); its endpoint."""
    with _folder() as folder:
        (folder / BUCKET).mkdir()
        program = str(Path(sys.executable).with_name("rclone"))
        key = f"{S3_KEYS['AWS_ACCESS_KEY_ID']},{S3_KEYS['AWS_SECRET_ACCESS_KEY']}"
        options = ["--config", os.devnull, "--auth-key", key, "--addr", "127.0.0.1:0"]
        command = [program, "serve", "s3", *options, str(folder)]
        server = Server(command, r"Starting s3 server on \[(http://127\.0\.0\.1:\d+)/\]")
        try:
            yield server.ready[1]
        finally:
            server.end()


def s3_environment(endpoint: str) -> dict[str, str]:
    """The settings that make the app keep its photos there."""
    return {"DOORSTEP_S3_BUCKET": BUCKET, "DOORSTEP_S3_ENDPOINT": endpoint, **S3_KEYS}


def _program(name: str) -> str:
    program = machine.postgres_program(name)
    assert program, f"PostgreSQL's {name} is missing; bin/test installs it"
    return program


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder with a path short enough for a socket's name, that another user may be given."""
    folder = Path(tempfile.mkdtemp(prefix="doorstep-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
