"""What is wrong with the strings of the house: Chinese that nobody else can read, and calls that nobody can translate."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from webapp.foundation.settings import ROOT
from webapp.foundation.wording import KEYWORDS, Place, name_of, python_files, templates

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff，。、；：！？（）「」《》【】]")
"""Chinese characters, and the punctuation that only Chinese is written with."""


def unwrapped(root: Path = ROOT) -> Iterator[tuple[Place, str]]:
    """Chinese that stands in the source without gettext: nobody else can read it."""
    for path in python_files(root):
        yield from _in_python(path, name_of(path, root))
    for path in templates(root):
        yield from _in_template(path, name_of(path, root))


def unreadable(root: Path = ROOT) -> Iterator[tuple[Place, str]]:
    """Calls of gettext whose string is not there to be read: it is put together, or comes from elsewhere."""
    for path in python_files(root):
        for call in _calls(_tree(path.read_text())):
            if not all(isinstance(text, ast.Constant) for text in call.args[: _count(_named(call.func))]):
                yield Place(name_of(path, root), call.lineno), ast.unparse(call)
    for path in templates(root):
        for shown in _parsed(path).find_all(nodes.Call):
            name = getattr(shown.node, "name", "")
            if name in KEYWORDS and not all(isinstance(text, nodes.Const) for text in shown.args[: _count(name)]):
                yield Place(name_of(path, root), shown.lineno), name


def _in_python(path: Path, name: str) -> Iterator[tuple[Place, str]]:
    text = path.read_text()
    if not HAN.search(text):
        return
    tree = _tree(text)
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


@cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


def _parsed(path: Path) -> nodes.Template:
    return _template(path.read_text())


@cache
def _template(text: str) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"]).parse(text)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _named(node.func) in KEYWORDS:
            yield node


def _named(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _count(name: str) -> int:
    """How many of its arguments are strings to translate, context included."""
    return 1 if KEYWORDS[name] is None else 2
