"""The style sheets and scripts stay small, honest and in one hand."""

import re
from pathlib import Path

import brotli
import pytest

from webapp.foundation.assets import gather, stylesheet
from webapp.foundation.scripts import bundle
from webapp.foundation.settings import ROOT

SHEETS = sorted((ROOT / "static/css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
WORKER = {"service_worker/start.js", "service_worker/leave.js"}
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


def test_what_is_served_is_the_same_each_time_and_tells_nothing_of_this_machine() -> None:
    scripts = {name: text.decode() for name, text in gather(ROOT).items() if name.endswith(".js")}
    assert scripts == {name: text.decode() for name, text in gather(ROOT).items() if name.endswith(".js")}
    assert scripts.keys() == {
        "js/app.js",
        "js/answers.js",
        "js/asked.js",
        "js/files.js",
        "js/greeted.js",
        "js/kept.js",
        "js/suggested.js",
        "js/worth.js",
        "vendor/htmx.js",
        *WORKER,
    }
    for name, text in scripts.items():
        assert str(ROOT) not in text and not re.search(r"[\u4e00-\u9fff]", text), name


def test_a_script_that_cannot_be_joined_says_why(tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "static/js").mkdir(parents=True)
    (tmp_path / "static/js/app.js").write_text('import { nobody } from "./nowhere.js";')
    with pytest.raises(RuntimeError, match=r"nowhere\.js"):
        bundle(tmp_path)


def test_what_a_page_loads_fits_the_budget_of_a_weak_signal() -> None:
    files = gather(ROOT)
    squeezed = {
        name: len(brotli.compress(content)) for name, content in files.items() if name.endswith((".js", ".css"))
    }
    assert squeezed["js/app.js"] <= 16_200
    assert squeezed["js/worth.js"] <= 3_400  # by the calculator only
    assert squeezed["js/answers.js"] <= 3_500
    assert squeezed["js/suggested.js"] <= 900
    assert squeezed["js/greeted.js"] <= 700
    assert squeezed["js/kept.js"] <= 700
    assert squeezed["js/asked.js"] <= 700
    assert squeezed["js/files.js"] <= 1_200  # by reports
    assert squeezed["service_worker/start.js"] <= 19_000  # of the 20 KB that a worker may have
    assert squeezed["vendor/htmx.js"] <= 12_500
    assert squeezed["css/app.css"] <= 16_000
    assert len(brotli.compress(files["icons/icons.svg"])) <= 8_000
