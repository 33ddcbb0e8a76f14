"""Every string of the house, where it stands, and what is wrong with it: for `bin/flask i18n` and the tests."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from webapp.foundation.i18n import HERE
from webapp.foundation.settings import ROOT

KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "_l", "gettext", "lazy_gettext"), None),
    **dict.fromkeys(("ngettext", "lazy_ngettext"), (1, 2)),
    **dict.fromkeys(("pgettext", "lazy_pgettext"), ((1, "c"), 2)),
}
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff，。、；：！？（）「」《》【】]")
"""Chinese characters, and the punctuation that only Chinese is written with."""
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
    return [path for path in files if not _name(path, root).startswith(UNTOLD)]


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
                found.setdefault(key, []).append(Place(_name(path, root), line))
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


def untranslated() -> dict[str, list[tuple[int, str]]]:
    """File → the lines and strings in it that have no English yet."""
    known = {entry.key for entry in english() if all(entry.texts)}
    missing: dict[str, list[tuple[int, str]]] = {}
    for (context, text), places in strings().items():
        if (context, text) not in known:
            for place in places:
                missing.setdefault(place.path, []).append((place.line, f"{context} | {text}" if context else text))
    return {path: sorted(set(found)) for path, found in sorted(missing.items())}


def placeholders(text: str) -> list[str]:
    """What a string leaves open, sorted: a translation leaves the same open."""
    return sorted({found[0] for found in PLACEHOLDER.finditer(text)})


def unwrapped(root: Path = ROOT) -> Iterator[tuple[Place, str]]:
    """Chinese that stands in the source without gettext: nobody else can read it."""
    for path in python_files(root):
        yield from _in_python(path, _name(path, root))
    for path in templates(root):
        yield from _in_template(path, _name(path, root))


def unreadable(root: Path = ROOT) -> Iterator[tuple[Place, str]]:
    """Calls of gettext whose string is not there to be read: it is put together, or comes from elsewhere."""
    for path in python_files(root):
        for call in _calls(ast.parse(path.read_text())):
            if not all(isinstance(text, ast.Constant) for text in call.args[: _count(_named(call.func))]):
                yield Place(_name(path, root), call.lineno), ast.unparse(call)
    for path in templates(root):
        for shown in _parsed(path).find_all(nodes.Call):
            name = getattr(shown.node, "name", "")
            if name in KEYWORDS and not all(isinstance(text, nodes.Const) for text in shown.args[: _count(name)]):
                yield Place(_name(path, root), shown.lineno), name


def _in_python(path: Path, name: str) -> Iterator[tuple[Place, str]]:
    tree = ast.parse(path.read_text())
    told = {id(text) for call in _calls(tree) for argument in call.args for text in ast.walk(argument)}
    told |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in told
            and HAN.search(node.value)
        ):
            yield Place(name, node.lineno), node.value


def _in_template(path: Path, name: str) -> Iterator[tuple[Place, str]]:
    tree = _parsed(path)
    told = {id(text) for call in tree.find_all(nodes.Call) if _is_told(call) for text in call.find_all(nodes.Const)}
    for data in tree.find_all(nodes.TemplateData):
        if HAN.search(data.data):
            yield Place(name, data.lineno), data.data.strip()
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str) and id(const) not in told and HAN.search(const.value):
            yield Place(name, const.lineno), const.value


def _is_told(call: nodes.Call) -> bool:
    return getattr(call.node, "name", "") in KEYWORDS


def _parsed(path: Path) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text())


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _named(node.func) in KEYWORDS:
            yield node


def _named(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _count(name: str) -> int:
    """How many of its arguments are strings to translate, context included."""
    return 1 if KEYWORDS[name] is None else 2


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
