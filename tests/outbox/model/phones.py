"""The phones of a schedule, as Python sees them: a Node process that runs the worker's modules, a line a command."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.outbox.model.office import PIECE, SHM

ROOT = Path(__file__).parents[3]
MEASURES = {  # small ones, so that short schedules come to every border
    r"BATCH = \{ entries: \d+": "BATCH = { entries: 2",
    r"PIECE = [^;]+;": f"PIECE = {PIECE};",
    r"PAGES_AT_ONCE = \d+": "PAGES_AT_ONCE = 3",
}


class Phones:
    """`changes`: (file, text, other text) of a mutant; each text must be there exactly once."""

    def __init__(self, changes: Iterable[tuple[str, str, str]] = ()) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="doorstep-worker-", dir=SHM))
        worker = self.folder / "worker"
        shutil.copytree(ROOT / "service_worker", worker)
        (worker / "package.json").write_text('{"type": "module"}')
        names = worker / "names.js"
        text = names.read_text()
        for pattern, small in MEASURES.items():
            text, found = re.subn(pattern, small, text)
            assert found == 1, pattern
        names.write_text(text)
        for file, before, after in changes:
            text = (worker / file).read_text()
            assert text.count(before) == 1, f"{file}: {before}"
            (worker / file).write_text(text.replace(before, after))
        command = [
            shutil.which("node") or "node",
            str(Path(__file__).with_name("phones.mjs")),
            str(worker),
            str(ROOT / "package.json"),
        ]
        self.process = subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)

    def tell(self, do: str, **given: Any) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"do": do, **given}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the phones are gone"
        return json.loads(line)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)
