"""A Firefox that is told of things for real: it subscribes at a push service of ours, and the notification that it shows can
be tapped, by the way in that Firefox keeps for its own developer tools."""

import contextlib
import json
import socket
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright

from tests.airplane.conftest import House, Phone, until

TAP = """((title) => { const all = [...Services.wm.getEnumerator("alert:alert")].map(({ document }) => document);
  const one = all.find((alert) => alert.getElementById("alertTitleLabel").getAttribute("value") === title);
  one?.getElementById("alertBox").click(); return Boolean(one); })"""
SHOWN = "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.map(({ title, body }) => [title, body]))"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Firefox(Phone):
    """Debian's own, with a profile of its own; `push`: where its push service listens."""

    def __init__(self, playwright: Playwright, profile: Path, house: House, push: int) -> None:
        self.push, self.tools = push, _free_port()
        super().__init__(playwright, profile, house)

    def switch_on(self) -> None:
        prefs = {
            "intl.accept_languages": "zh-CN, zh",
            "dom.push.serverURL": f"ws://127.0.0.1:{self.push}/",
            "dom.push.testing.allowInsecureServerURL": True,
            "dom.push.connection.enabled": True,
            "alerts.useSystemBackend": False,  # nobody's desktop is there to show it
            "devtools.debugger.remote-enabled": True,
            "devtools.debugger.prompt-connection": False,
            "devtools.chrome.enabled": True,
        }
        self.context = self.playwright.firefox.launch_persistent_context(
            str(self.profile),
            channel="moz-firefox",
            executable_path="/usr/bin/firefox-esr",
            firefox_user_prefs=prefs,  # type: ignore[arg-type]
            args=[f"--start-debugger-server={self.tools}"],
            locale="zh-CN",
            viewport={"width": 390, "height": 844},
        )
        self.context.set_default_timeout(30_000)
        self.context.grant_permissions(["notifications"], origin=self.house.address)

    def told(self, page: Page, n: int = 1) -> list[list[str]]:
        """What it shows, [title, text] each, as soon as that is so many."""
        until(page, f"{SHOWN}.then((all) => all.length >= {n})")
        return list(page.evaluate(SHOWN))

    def tap(self, title: str) -> None:
        """Tap that notification as a finger does: on the alert itself."""
        tools, said = DeveloperTools(self.tools), f"{TAP}({json.dumps(title)})"
        with contextlib.closing(tools):
            for _ in range(50):
                if tools.run(said):
                    return
                time.sleep(0.1)
        raise AssertionError("no such alert is shown")


class DeveloperTools:
    """As much of Firefox's remote protocol ("length:JSON") as it takes to say a sentence to the browser itself."""

    def __init__(self, port: int) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), 15)
        self._read()
        process = self._ask("root", "getProcess", id=0)["processDescriptor"]["actor"]
        self.console = self._ask(process, "getTarget")["process"]["consoleActor"]

    def run(self, script: str) -> Any:
        """What the script gives, with all the rights of the browser."""
        self._ask(self.console, "evaluateJSAsync", text=script)
        while (said := self._read()).get("type") != "evaluationResult":
            pass
        return said["result"]

    def _ask(self, actor: str, kind: str, **more: Any) -> dict[str, Any]:
        asked = json.dumps({"to": actor, "type": kind, **more}).encode()
        self.line.sendall(b"%d:%s" % (len(asked), asked))
        while (said := self._read()).get("from") != actor or "type" in said:
            pass
        return said

    def _read(self) -> dict[str, Any]:
        length = b""
        while (sign := self.line.recv(1)) != b":":
            length += sign
        said = b""
        while len(said) < int(length):
            said += self.line.recv(int(length) - len(said))
        return dict(json.loads(said))

    def close(self) -> None:
        self.line.close()
