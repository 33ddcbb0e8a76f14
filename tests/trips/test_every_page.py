"""Every page there is, by the route table: nothing for axe to find, nothing in the console, nothing cut off."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from doors.environment import ROOT
from tests.trips.addresses import Addresses
from tests.trips.conftest import DESK, PHONE, awake

pytestmark = pytest.mark.browser
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RUN = """async () => (await axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})).violations"""
TALL = 9000
"""Pixels: so tall that the foot, which sticks to the edge of the screen, hides no half of a line."""
LOOKS = [("light", PHONE), ("dark", PHONE), ("light", DESK), ("dark", DESK)]
SAID = re.compile(r"playbook|worth|comparisons|spin|concession|privacy|erasures|retention|promises|attention")
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def findings(page: Page) -> list[str]:
    """What axe has to say of the page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [
        f"{found['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for found in page.evaluate(RUN)
        for node in found["nodes"][:3]
    ]


def by_person(house: Addresses) -> dict[str, list[str]]:
    people: dict[str, list[str]] = {}
    for who, path in house.pages():
        people.setdefault(who, []).append(path)
    return people


@pytest.mark.parametrize("who", ["", "lin", "zhou", "admin"])
def test_axe_finds_nothing_by_day_and_night_on_phone_and_desk(
    house: Addresses, arrive: Callable[..., Page], who: str
) -> None:
    page = arrive(who, is_mobile=False, reduced_motion="reduce")
    found = []
    for path in by_person(house)[who]:
        page.emulate_media(color_scheme="light")
        awake(page, path)
        for scheme, screen in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": screen["viewport"]["width"], "height": TALL})
            found += [f"{path} {scheme} {screen['viewport']['width']} px: {said}" for said in findings(page)]
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["lin", "zhou"])
def test_what_one_says_and_what_one_holds_is_as_clear_in_the_other_languages(
    house: Addresses, arrive: Callable[..., Page], who: str
) -> None:
    """Of the playbook and its company every other page in Traditional by night, the others in English by day."""
    looks: list[tuple[str, Any]] = [("zh-Hant", {"locale": "zh-TW", "color_scheme": "dark"}), ("en", {"locale": "en"})]
    phone = {"is_mobile": False, "reduced_motion": "reduce", "viewport": {"width": 390, "height": TALL}}
    pages = [(language, arrive(who, **phone, **look)) for language, look in looks]
    found = []
    for n, path in enumerate(path for path in by_person(house)[who] if SAID.search(path)):
        language, page = pages[n % 2]
        awake(page, path)
        assert page.locator(f"html[lang={language}]").count(), path
        found += [f"{path} {language}: {said}" for said in findings(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("who", ["", "lin", "zhou", "admin"])
def test_no_page_is_wider_than_the_smallest_phone_nor_when_letters_are_twice_as_big(
    house: Addresses, arrive: Callable[..., Page], who: str
) -> None:
    page = arrive(who, locale="en", viewport={"width": 320, "height": 700}, is_mobile=False)
    wide = []
    for path in by_person(house)[who]:
        awake(page, path)
        if page.evaluate(WIDER):
            wide.append((path, 320))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate(WIDER):
            wide.append((path, "320, 200 %"))
        page.set_viewport_size(PHONE["viewport"])
        if page.evaluate(WIDER):
            wide.append((path, "200 %"))
        page.set_viewport_size({"width": 320, "height": 700})
    assert wide == []
