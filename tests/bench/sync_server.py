"""`python -m tests.bench.sync_server PORT DATADIR`: the real server on a fresh copy of the furnished folder, for the sync bench."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def furnish(house: Path) -> None:
    """The folder that each server begins with."""
    shutil.rmtree(house, ignore_errors=True)
    house.mkdir(parents=True)
    code = "from tests.bench.sync_app import furnish; furnish()"
    env = {**os.environ, "DOORSTEP_DATA": str(house), "PYTHONPATH": str(ROOT), "SYNCBENCH": str(house.parent)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True)


def serve(port: str, data: str) -> None:
    """Become gunicorn as bin/start runs it."""
    shutil.copytree(Path(os.environ["SYNCBENCH"]) / "house", data, dirs_exist_ok=True)
    os.environ |= {"DOORSTEP_DATA": data, "PYTHONPATH": str(ROOT)}
    os.chdir(ROOT)
    options = ["-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{port}", "--log-level", "error"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options, "tests.bench.sync_app:app"])


if __name__ == "__main__":
    serve(*sys.argv[1:3])
