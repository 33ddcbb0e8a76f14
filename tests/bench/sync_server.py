"""`python -m tests.bench.sync_server PORT DATADIR`: the real server on a fresh folder, for the sync bench."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def serve(port: str, data: str) -> None:
    """Furnish in a process of its own, then become gunicorn as bin/start runs it."""
    Path(data).mkdir(parents=True, exist_ok=True)
    os.environ |= {"DOORSTEP_DATA": data, "PYTHONPATH": str(ROOT), "HUEY_IMMEDIATE": "1"}
    os.chdir(ROOT)
    code = "from tests.bench.sync_app import furnish; furnish()"
    subprocess.run([sys.executable, "-c", code], check=True)
    options = ["-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{port}", "--log-level", "error"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options, "tests.bench.sync_app:app"])


if __name__ == "__main__":
    serve(*sys.argv[1:3])
