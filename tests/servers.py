"""Real servers for the tests, each private, in a folder of its own, and gone afterwards.

PostgreSQL and Redis are the real ones of the machine, reached through a socket in that folder. S3 is moto, a
stand-in that keeps its objects in memory: it speaks the protocol and checks nobody's signature.
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
def s3_stand_in() -> Iterator[str]:
    """A moto server with one empty bucket (BUCKET); its endpoint."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    server = Server(command, r"Running on (http://127\.0\.0\.1:\d+)")
    try:
        _make_bucket(server.ready[1])
        yield server.ready[1]
    finally:
        server.end()


def s3_environment(endpoint: str) -> dict[str, str]:
    """The settings that make the app keep its photos there."""
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    return {"DOORSTEP_S3_BUCKET": BUCKET, "DOORSTEP_S3_ENDPOINT": endpoint, **keys}


def _make_bucket(endpoint: str) -> None:
    import boto3

    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=endpoint, **keys).create_bucket(Bucket=BUCKET)


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
