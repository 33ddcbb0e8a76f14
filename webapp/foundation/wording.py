"""Every string of the house, where it stands, and its English: for `bin/flask i18n` and the tests."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from babel.messages.pofile import read_po

from webapp.foundation.catalogues import HERE
from webapp.foundation.settings import ROOT

KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "_l", "gettext", "lazy_gettext"), None),
    **dict.fromkeys(("ngettext", "lazy_ngettext"), (1, 2)),
    **dict.fromkeys(("pgettext", "lazy_pgettext"), ((1, "c"), 2)),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{\}")
UNTOLD = ("webapp/demo/", "webapp/playbook/starter/")
"""Folders whose Chinese is data: the invented office and the starter library, which has its own English."""


@dataclass(frozen=True)
class Place:
    """Where something stands: a path from the project's root, and a line."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


Key = tuple[str, str]
"""The context (or "") and the msgid; of a plural the singular, as gettext finds it."""


@dataclass(frozen=True)
class Translation:
    """One entry of an English catalogue."""

    key: Key
    texts: tuple[str, ...]
    is_fuzzy: bool
    file: str


def python_files(root: Path = ROOT) -> list[Path]:
    files = sorted((root / "webapp").rglob("*.py"))
    return [path for path in files if not name_of(path, root).startswith(UNTOLD)]


def templates(root: Path = ROOT) -> list[Path]:
    return sorted((root / "templates").rglob("*.html"))


def strings(root: Path = ROOT) -> dict[Key, list[Place]]:
    """Every string that is shown through gettext, and where."""
    found: dict[Key, list[Place]] = {}
    for path in [*python_files(root), *templates(root)]:
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        with path.open("rb") as file:
            for line, message, _comments, context in extract(method, file, KEYWORDS, options=OPTIONS):
                key = (context or "", message if isinstance(message, str) else message[0])
                found.setdefault(key, []).append(Place(name_of(path, root), line))
    return found


OPTIONS = {"trimmed": "true", "extensions": "jinja2.ext.i18n", "silent": "false"}


def english() -> list[Translation]:
    """Every entry of every English catalogue, in the order of the files."""
    entries = []
    for path in sorted((HERE / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id:
                    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
                    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
                    key = (message.context or "", ids[0])
                    entries.append(Translation(key, tuple(map(str, texts)), message.fuzzy, path.name))
    return entries


def untranslated(shown: dict[Key, list[Place]] | None = None) -> dict[str, list[tuple[int, str]]]:
    """File → the lines and strings in it that have no English yet; of all that `strings` finds, or of those given."""
    known = {entry.key for entry in english() if all(entry.texts)}
    missing: dict[str, list[tuple[int, str]]] = {}
    for (context, text), places in (strings() if shown is None else shown).items():
        if (context, text) not in known:
            for place in places:
                missing.setdefault(place.path, []).append((place.line, f"{context} | {text}" if context else text))
    return {path: sorted(set(found)) for path, found in sorted(missing.items())}


def placeholders(text: str) -> list[str]:
    """What a string leaves open, sorted: a translation leaves the same open."""
    return sorted({found[0] for found in PLACEHOLDER.finditer(text)})


def name_of(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
