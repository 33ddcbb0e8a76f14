"""What holds for every page, whoever writes it: it parses, has a title, obeys the content policy, and asks only for
icons and behaviours that exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from webapp.foundation.settings import ROOT

TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
LAYOUTS = {"base.html", "base_plain.html"}
WITHOUT_WORDS = re.compile(r"\{#.*?#\}", re.S)


def source(name: str) -> str:
    return WITHOUT_WORDS.sub("", (TEMPLATES / name).read_text())


def uses(pattern: str) -> Iterator[tuple[str, str]]:
    for name in NAMES:
        for found in re.findall(pattern, source(name)):
            yield name, found


@pytest.mark.parametrize("name", NAMES)
def test_a_template_parses(house: Flask, name: str) -> None:
    house.jinja_env.get_template(name)


@pytest.mark.parametrize("name", sorted(set(NAMES) - LAYOUTS))
def test_every_page_names_itself(name: str) -> None:
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse((TEMPLATES / name).read_text())
    above = next(tree.find_all(nodes.Extends), None)
    if above is None or getattr(above.template, "value", "base.html") not in LAYOUTS:
        return  # a part of pages, or a page that is named by the one it extends
    titles = [block for block in tree.find_all(nodes.Block) if block.name == "title"]
    assert titles, f"{name} has no title block"
    assert any(node.find(nodes.Output) or isinstance(node, nodes.Output) for node in titles[0].body)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_needs_an_exception_from_the_content_policy(name: str) -> None:
    text = source(name)
    assert not re.search(r"<style|\sstyle\s*=", text), "styles live in static/css"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "scripts live in static/js"
    assert not re.search(r"\s(on[a-z]+|hx-on[\w:-]*)\s*=", text), "no handlers in markup"
    assert not re.search(r"javascript:|hx-(vals|headers)\s*=\s*[\"']js:", text)
    assert not re.search(r"hx-trigger\s*=\s*[\"'][^\"']*\[", text), "a filtered trigger needs eval"


@pytest.mark.parametrize("name", NAMES)
def test_pages_link_assets_of_their_own_build(name: str) -> None:
    assert not re.search(r"[\"'](?:/static|/assets|https?://)", source(name).replace("http://www.w3.org", ""))


def test_every_named_icon_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons/icons.svg").read_text()))
    asked = {
        *uses(r'\bicon\("([\w-]+)"'),
        *uses(r'\.tool\([^,()]*(?:\([^()]*\))?[^,()]*,\s*"([\w-]+)"'),
        *uses(r'\.blank\("([\w-]+)"'),
    }
    assert not [(name, icon) for name, icon in asked if icon not in drawn]


def test_every_named_behaviour_is_there() -> None:
    known = {path.stem for path in (ROOT / "static/js/behaviours").glob("*.js")}
    asked = {*uses(r'data-behaviour="([^"{}]+)"'), *uses(r'behaviour="([^"{}]+)"')}
    assert not [(name, one) for name, words in asked for one in words.split() if one not in known]


@pytest.mark.parametrize("path", sorted((TEMPLATES / "parts").glob("*.html")), ids=lambda path: path.name)
def test_a_part_says_what_it_is_for(path: Path) -> None:
    said = re.match(r"\{#-?(.*?)-?#\}", path.read_text(), re.S)
    assert said
    assert len(said[1].strip()) > 40


@pytest.mark.parametrize("part", ["macros", "form"])
def test_every_macro_is_explained_at_the_top_of_its_file(part: str) -> None:
    text = (TEMPLATES / f"parts/{part}.html").read_text()
    explained = text[: text.index("-#}")]
    macros = re.findall(r"\{% macro ([a-z]\w*)\(", text)
    assert [name for name in macros if f".{name}(" not in explained] == []
