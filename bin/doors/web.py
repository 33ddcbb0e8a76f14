"""The child that serves: it prepares the data once, then becomes gunicorn's master with two workers.

Its workers are forked after the preparation, with every module already loaded; each makes an app of its own.
"""

import json
import os
from typing import Any

from gunicorn.app.base import BaseApplication

from doors import child, prepare

WORKERS, THREADS = 2, 4
LONGEST_SILENCE = 120
"""Seconds a worker may be silent before it is replaced; it speaks even while all its threads are busy."""


def swing(argv: list[str]) -> None:
    """Serve on an open socket; argv is its number, the number of the pipe for news, and perhaps --empty."""
    child.live_with_parent()
    door, news, *options = argv
    tell(int(news), "prepared", {"demo": prepare.prepare(empty="--empty" in options)})
    Server(int(door), int(news)).run()


def tell(news: int, kind: str, details: dict[str, Any]) -> None:
    """Send one line of news to the parent, who listens until the first worker has started."""
    try:
        os.write(news, f"{kind} {json.dumps(details)}\n".encode())
    except BrokenPipeError:
        return


class Server(BaseApplication):
    """Gunicorn with the settings of this house."""

    def __init__(self, door: int, news: int) -> None:
        self.door, self.news = door, news
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"fd://{self.door}",
            "worker_class": "gthread",
            "workers": WORKERS,
            "threads": THREADS,
            "timeout": LONGEST_SILENCE,
            "graceful_timeout": 15,
            "keepalive": 15,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self.greet,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def greet(self, _worker: object) -> None:
        """A worker has made its app and answers."""
        tell(self.news, "serving", {})

    def load(self) -> Any:
        from webapp.foundation import memory

        app = prepare.make_app()
        memory.settle()
        return app
