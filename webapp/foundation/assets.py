"""One build of everything a page links: collected once at start under /assets/<digest of it all>/, so that the
HTML and the assets of one page always come from one build and relative imports need no map. Scripts are joined by esbuild
(scripts.py); the style sheets are only laid one behind the other, in the order of the house.
"""

import gzip
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from webapp.foundation.headers import ALWAYS
from webapp.foundation.scripts import bundle
from webapp.foundation.settings import ROOT

VENDOR = {"vendor/htmx.js": "node_modules/htmx.org/dist/htmx.min.js"}
KEPT_BUILDS = 5
STYLES = ("layers", "tokens", "tokens_dark", "reset", "base", "layout", "components/*", "rooms/*", "desk", "utilities")
COMPRESSIBLE = {".css", ".js", ".svg", ".json", ".webmanifest"}


def prepare(app: Flask, root: Path = ROOT) -> None:
    """Collect this build into the data folder and serve it for ever; `asset(path)` in templates names its files."""
    shelf = app.config["SETTINGS"].data / "assets"
    build = collect(root, shelf)
    app.config["BUILD"] = build
    app.jinja_env.globals["asset"] = lambda path: f"/assets/{build}/{path}"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=shelf,
        prefix="assets/",
        max_age=31536000,
        immutable_file_test=_always,
        add_headers_function=_dress,
    )


def _always(_path: str, _url: str) -> bool:
    return True


def _dress(headers: Headers, _path: str, _url: str) -> None:
    """They never pass through Flask, so what every answer says is said here too."""
    for name, value in ALWAYS.items():
        headers[name] = value


def collect(root: Path, shelf: Path) -> str:
    """Lay the files of this release on the shelf; returns the build's name (12 hex digits of its digest)."""
    files = gather(root)
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + content + b"\0")
    build = digest.hexdigest()[:12]
    if (shelf / build).exists():
        os.utime(shelf / build)  # taken up again, it is the newest
    else:
        _lay_down(files, shelf, build)
    return build


def gather(root: Path) -> dict[str, bytes]:
    """Name → content of every asset of this release."""
    files = {"css/app.css": stylesheet(root / "static/css").encode(), **bundle(root)}
    for path in sorted((root / "static/icons").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[f"icons/{path.relative_to(root / 'static/icons')}"] = path.read_bytes()
    for name, source in VENDOR.items():
        files[name] = (root / source).read_bytes()
    return files


def stylesheet(folder: Path) -> str:
    """All style sheets as one, in the order of the layers; the dark tokens apply by wish or by choice."""
    sheets = []
    for pattern in STYLES:
        for path in sorted(folder.glob(f"{pattern}.css")):
            text = path.read_text()
            sheets.append(_dark(text) if path.stem == "tokens_dark" else text)
    return "\n".join(sheets)


def _dark(text: str) -> str:
    wished = text.replace(":root", ':root:not([data-scheme="light"])')
    return f"@media (prefers-color-scheme: dark) {{\n{wished}}}\n" + text.replace(":root", ':root[data-scheme="dark"]')


def _lay_down(files: dict[str, bytes], shelf: Path, build: str) -> None:
    shelf.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=shelf, prefix=".new-"))
    for name, content in files.items():
        path = unfinished / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if path.suffix in COMPRESSIBLE:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
            path.with_name(path.name + ".br").write_bytes(brotli.compress(content))
    unfinished.chmod(0o755)
    try:
        os.rename(unfinished, shelf / build)
    except OSError:
        shutil.rmtree(unfinished)
    for old in sorted((p for p in shelf.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)[:-KEPT_BUILDS]:
        shutil.rmtree(old, ignore_errors=True)
