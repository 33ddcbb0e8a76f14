"""What the two children of a house have in common."""

import os
import signal
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def live_with_parent() -> None:
    """End politely when the parent is gone, however it went: its end of our standard input closes then."""
    sys.path.insert(0, str(ROOT))
    threading.Thread(target=_wait_for_the_end, name="parent", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(0, 64):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
