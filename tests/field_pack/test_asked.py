"""A phone knows what the pages of this house are asked by their addresses, and takes all else for something hung on."""

import re

from doors.environment import ROOT
from webapp.customers import filters
from webapp.field_pack import contents
from webapp.playbook.routes import reading

READ = re.compile(r"request\.(?:args|values)(?:\.get\(|\[)\"(\w+)\"|\"(\w+)\" in request\.(?:args|values)")
NOT_CARRIED = {"next", "under", "team", "language", "size"}
"""Asked of pages that no phone carries: doors, people, teams, files."""
NEAR_ENOUGH = {"from", "holes"}
"""A calculator that is begun from former figures is, without a line, the blank one (and WeChat hangs a `from` on whatever is
shared there); the other is the worker's own."""


def known() -> set[str]:
    found = re.search(r"const OURS = /\^\(([\w|]+)\)\$/;", (ROOT / "service_worker/carried.js").read_text())
    assert found
    return set(found[1].split("|"))


def test_whatever_a_page_is_asked_is_known_to_the_phone():
    asked = {*filters.NAMES, *filters.ON_THE_GLOBE, "lat", "lng", "page", *reading.FILTERS, "group", "side"}
    for path in ROOT.glob("webapp/**/*.py"):
        asked |= {one or other for one, other in READ.findall(path.read_text())}
    assert len(asked) > 25
    assert asked - known() - NOT_CARRIED - NEAR_ENOUGH == set()


def test_what_is_carried_by_its_question_is_asked_for_by_it():
    urls = [url for _kind, url in contents.LISTS] + [*contents.FORMS.values(), contents.PLAN]
    names = {name for url in urls if "?" in url for name in re.findall(r"[?&](\w+)=", url)}
    assert names == {"settled", "mode", "add"}
    assert names <= known()
