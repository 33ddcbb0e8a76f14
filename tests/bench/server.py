"""The real server on a data folder, with one more address: a bare page of 6 KB, rendered by Jinja without data."""

import contextlib
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def serve(data: Path) -> Iterator[str]:
    """gunicorn as bin/start runs it (two processes, four threads each); yields its address."""
    port = _free_port()
    env = {**os.environ, "DOORSTEP_DATA": str(data), "PYTHONPATH": str(ROOT), "HUEY_IMMEDIATE": "1"}
    options = ["-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{port}", "--log-level", "error"]
    command = [sys.executable, "-m", "gunicorn", *options, "tests.bench.app:app"]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(90)  # an answer that nobody waits for any more goes on for a while


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(600):
        if server.poll() is not None:
            raise SystemExit("the server of the bench did not start")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=1)
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
    raise SystemExit("the server of the bench does not answer")
