"""The house inspects its own shape: each room has its doors, no file or function grows past what one can hold in mind."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp.factory import ROOMS
from webapp.foundation.settings import ROOT

WEBAPP = ROOT / "webapp"
ALL_ROOMS = sorted(path.name for path in WEBAPP.iterdir() if (path / "__init__.py").exists())
MODULES = sorted(WEBAPP.rglob("*.py"))
LONGEST_FILE, LONG_FILE, LONGEST_FUNCTION = 200, 150, 40
DATA = {"polyphones.py", "headings.py"}
"""Tables of words, not code."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in MODULES:
        yield path, ast.parse(path.read_text())


@pytest.mark.parametrize("room", ALL_ROOMS)
def test_a_room_says_what_it_is_for(room: str) -> None:
    said = ast.get_docstring(ast.parse((WEBAPP / room / "__init__.py").read_text()))
    assert said
    assert len(said) > 40


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_with_a_door_has_routes_and_is_written_in_one_language(room: str) -> None:
    folder = WEBAPP / room
    assert (folder / "routes.py").exists() or (folder / "routes").is_dir()
    assert (ROOT / "tests" / room).is_dir() or room in ("field_pack", "insight", "pwa")


def rooms_with(module: str) -> set[str]:
    return {
        room for room in ALL_ROOMS if (WEBAPP / room / f"{module}.py").exists() or (WEBAPP / room / module).is_dir()
    }


def test_every_room_is_named_in_the_factory() -> None:
    assert rooms_with("routes") == set(ROOMS)
    assert rooms_with("models") | rooms_with("listeners") <= set(ROOMS)


def test_the_architecture_names_every_room() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    assert [room for room in ALL_ROOMS if not re.search(rf"\b{room}\b", text)] == []


def test_the_architecture_names_nothing_that_is_gone() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    named = set(re.findall(r"`((?:webapp|templates|static|tests|bin|service_worker|migrations|docs)/[\w./-]+)`", text))
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_no_file_is_longer_than_one_can_hold_in_mind(capsys: pytest.CaptureFixture[str]) -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in MODULES if path.name not in DATA}
    long = sorted(((n, path) for path, n in lengths.items() if n > LONG_FILE), reverse=True)
    with capsys.disabled():
        sys.stdout.write("".join(f"\n{n:>4} lines  {path}" for n, path in long) + "\n")
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def functions() -> Iterator[tuple[str, int]]:
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_a_screen_and_most_are_short() -> None:
    lengths = dict(functions())
    assert {function: n for function, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    assert sum(n <= 12 for n in lengths.values()) / len(lengths) >= 0.8


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def is_savepoint(method: ast.Attribute) -> bool:
    """A step inside the gate's transaction, not its end."""
    return isinstance(method.value, ast.Name) and method.value.id == "savepoint"


def test_only_the_gate_commits() -> None:
    found = [
        f"{name(path)}:{call.lineno}"
        for path, tree in trees()
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "commit"
        and not is_savepoint(call.func)
        and name(path) != "webapp/outbox/gate.py"
    ]
    assert found == []


def test_only_the_clock_knows_what_time_it_is() -> None:
    asking = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|func\.now|time\.time)\(")
    may = {"webapp/foundation/clock.py"}
    assert [name(path) for path in MODULES if name(path) not in may and asking.search(path.read_text())] == []


def test_there_is_no_drawer_for_everything() -> None:
    assert [name(path) for path in MODULES if path.stem in ("services", "utils", "helpers", "common", "misc")] == []


ASKS_FOR_NOBODY = {"webapp/pwa/routes.py"}
"""/healthz asks the database whether it is there, and nothing else."""


def test_views_hold_no_sql_and_no_word_of_the_database() -> None:
    found = []
    for path, tree in trees():
        if name(path) in ASKS_FOR_NOBODY:
            continue
        if path.stem == "routes" or path.stem.endswith("_routes") or path.parent.name == "routes":
            found += [f"{name(path)}:{call.lineno}" for call in calls(tree) if _of_session(call.func)]
    assert found == []


def _of_session(function: ast.expr) -> bool:
    """db.session.execute, .scalars, .scalar, .query: a question belongs to queries."""
    text = ast.unparse(function)
    return text.startswith("db.session.") and text.rsplit(".", 1)[-1] in ("execute", "scalars", "scalar", "query")


@pytest.mark.parametrize(
    "folder", ["webapp", "templates", "static/js", "static/css", "service_worker", "bin/doors", "migrations"]
)
def test_nothing_is_left_to_be_done(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".html", ".js", ".css", ".toml")]
    assert [
        name(path) for path in files if re.search(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplemented\b", path.read_text())
    ] == []
