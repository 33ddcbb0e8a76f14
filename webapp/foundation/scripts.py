"""Our scripts as browsers get them: esbuild joins the modules behind a door into one file, which compresses a third better
than the pieces, and shortens what only they see; terser shortens what is left (shortening.py). What is imported in the moment of
need only runs then."""

import subprocess
import tempfile
from pathlib import Path

from webapp.foundation.shortening import shortened

DOORS = {
    "js/app": "static/js/app.js",
    "js/worth": "static/js/worth.js",
    "js/answers": "static/js/answers.js",
    "js/suggested": "static/js/suggested.js",
    "js/greeted": "static/js/greeted.js",
    "js/kept": "static/js/kept.js",
    "js/asked": "static/js/asked.js",
    "js/files": "static/js/files.js",
    "service_worker/start": "service_worker/start.js",
    "service_worker/leave": "service_worker/leave.js",
}
HOW = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--log-level=error",
    "--log-limit=0",
)


def bundle(root: Path) -> dict[str, bytes]:
    """Name → content of all scripts of this release; the same sources give the same bytes. Raises RuntimeError with
    esbuild's or terser's own words."""
    with tempfile.TemporaryDirectory() as folder:
        doors = [f"{name}={source}" for name, source in DOORS.items()]
        command = [str(esbuild(root)), *doors, *HOW, f"--outdir={folder}"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"esbuild could not join the scripts:\n{done.stderr}")
        joined = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(Path(folder).rglob("*.js"))}
    return shortened(root, joined)


def esbuild(root: Path) -> Path:
    """The program for this kind of machine, which npm has put beside the package. Raises RuntimeError if there is none."""
    found = next((root / "node_modules/@esbuild").glob("*/bin/esbuild"), None)
    if found is None:
        raise RuntimeError("node_modules lacks esbuild for this machine; bin/start fetches it.")
    return found
