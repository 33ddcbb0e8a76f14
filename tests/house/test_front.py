"""The style sheets and scripts stay small, honest and in one hand."""

import os
import re
from pathlib import Path

import brotli
import pytest

from webapp.foundation.assets import gather, stylesheet
from webapp.foundation.settings import ROOT

SHEETS = sorted((ROOT / "static/css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
IMPORTS = re.compile(r"""(?:^|[;}\s])import(?:[^"'();]*?from)?\s*["'](\.[^"']+)["']""")
COLOURS = {"tokens.css", "tokens_dark.css"}


def code(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_style_sheet_shouts_nowhere_and_takes_its_colours_from_the_tokens(path: Path) -> None:
    text = code(path).replace("[hidden] { display: none !important; }", "")
    assert "!important" not in text
    if path.name not in COLOURS:
        text = re.sub(r"\.plate \{.*?\n  \}", "", text, flags=re.S)  # the one place that sets the tokens anew
        assert not re.search(r"#[0-9a-f]{3,8}\b(?=[^{]*;)|\b(?:rgb|hsl|oklch)\(", text)
    assert text.count("{") == text.count("}")


def test_every_rule_lives_in_a_layer_that_is_named_first() -> None:
    named = set(re.findall(r"[\w-]+", re.search(r"@layer ([^{;]+);", stylesheet(ROOT / "static/css"))[1]))  # type: ignore[index]
    for path in SHEETS:
        assert set(re.findall(r"@layer ([\w-]+) \{", code(path))) <= named


def test_night_gives_every_name_that_day_gives_a_colour() -> None:
    day, night = (
        set(re.findall(r"--([\w-]+):\s*oklch", code(ROOT / "static/css" / name)))
        for name in ("tokens.css", "tokens_dark.css")
    )
    assert day - night <= {"knock", "lift"}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_runs_under_the_content_policy_and_has_no_words_of_its_own(path: Path) -> None:
    text = code(path)
    assert not re.search(
        r"\beval\(|new Function|\.innerHTML|(?<!swapSpec)\.style\b|setAttribute\(\"style|document\.write", text
    )
    assert not re.search(r"[\u4e00-\u9fff]", text)
    assert len(text.splitlines()) <= (150 if path.stem == "app" else 60)


def at_once(files: dict[str, bytes]) -> set[str]:
    """The scripts that pages load without being asked: what app.js and phone.js import, and the behaviours that do not wait
    for a touch. What is imported only in the moment of need (a sealed file, a tape) is not among them."""
    late = re.search(rb"LATE=new Set\(\[(.*?)\]\)", files["js/app.js"])
    waiting = re.findall(r"[\w-]+", late[1].decode()) if late else []
    behaviours = {name for name in files if name.startswith("js/behaviours/") and Path(name).stem not in waiting}
    found, open_ones = set(), {"js/app.js", "js/phone.js", *behaviours}
    while open_ones:
        found |= open_ones
        named = {(name, path) for name in open_ones for path in IMPORTS.findall(files[name].decode())}
        open_ones = {os.path.normpath(f"{Path(name).parent}/{path}") for name, path in named} - found
    return found


def test_what_a_page_loads_fits_the_budget_of_a_weak_signal() -> None:
    files = gather(ROOT)
    squeezed = {
        name: len(brotli.compress(content)) for name, content in files.items() if name.endswith((".js", ".css"))
    }
    scripts = sum(squeezed[name] for name in at_once(files)) + squeezed["vendor/htmx.js"]
    assert scripts <= 34_000
    assert squeezed["css/app.css"] <= 16_000
    assert len(brotli.compress(files["icons/icons.svg"])) <= 8_000
