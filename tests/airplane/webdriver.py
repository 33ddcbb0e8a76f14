"""As much of WebDriver as a trip in WebKitGTK needs (W3C, HTTP and JSON), and a display that nobody sees."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BARE = {
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
}
"""A test machine has no user namespaces and no graphics card."""


def mini_browser() -> str | None:
    """WebKitGTK's own small browser; Debian keeps it beside the library."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return str(found[-1]) if found else None


@contextlib.contextmanager
def display() -> Iterator[str]:
    """The name of a display of its own (":99")."""
    told, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "800x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tell], stderr=subprocess.DEVNULL)
    os.close(tell)
    try:
        with os.fdopen(told) as words:
            yield f":{words.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


class Driver:
    """One browser. Errors of the driver are `RuntimeError`s with its words."""

    def __init__(self, address: str) -> None:
        self.address = address
        options = {"binary": mini_browser(), "args": ["--automation"]}
        asked = {"capabilities": {"alwaysMatch": {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}}}
        self.session = self._send("POST", "/session", asked)["sessionId"]
        self._send("POST", f"/session/{self.session}/timeouts", {"script": 60_000, "pageLoad": 60_000})

    def _send(self, method: str, path: str, said: Any = None) -> Any:
        body = json.dumps(said).encode() if said is not None else None
        request = urllib.request.Request(self.address + path, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                raise RuntimeError(error.read().decode()) from None

    def open(self, url: str) -> None:
        self._send("POST", f"/session/{self.session}/url", {"url": url})

    def run(self, function: str, given: Any = None) -> Any:
        """What the (async) function gives for this argument."""
        script = f"const done = arguments[1]; Promise.resolve(({function})(arguments[0])).then(done, (error) => done('error: ' + error));"
        return self._send("POST", f"/session/{self.session}/execute/async", {"script": script, "args": [given]})

    def close(self) -> None:
        self._send("DELETE", f"/session/{self.session}")


@contextlib.contextmanager
def webkit() -> Iterator[Driver]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with display() as name:
        command = [shutil.which("WebKitWebDriver") or "WebKitWebDriver", f"--port={port}"]
        service = subprocess.Popen(command, env={**os.environ, **BARE, "DISPLAY": name}, stderr=subprocess.DEVNULL)
        try:
            _wait(port)
            driver = Driver(f"http://127.0.0.1:{port}")
            yield driver
            driver.close()
        finally:
            service.terminate()
            service.wait(10)


def _wait(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("WebKitWebDriver does not answer")
