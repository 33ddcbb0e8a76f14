"""The doors of a room are its own, and scripts stand on one another: what import-linter's stairs do not say."""

import re

import grimp
import pytest

from webapp.foundation.settings import ROOT

DOOR = re.compile(r"webapp\.(?P<room>\w+)\.(\w+_)?(routes|forms)(\.|$)")


def test_no_room_goes_in_through_the_routes_or_forms_of_another():
    graph = grimp.build_graph("webapp")
    through = [
        (importer, door)
        for door in sorted(graph.modules)
        if (found := DOOR.match(door)) and found["room"] != "foundation"
        for importer in sorted(graph.find_modules_that_directly_import(door))
        if not importer.startswith(f"webapp.{found['room']}.")
    ]
    assert through == []


IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}/[^"]+)\"""")


@pytest.mark.parametrize("folder", ["static/js", "service_worker"])
def test_no_two_scripts_import_each_other_by_whatever_way(folder: str) -> None:
    scripts = sorted((ROOT / folder).rglob("*.js"))
    needs = {path: {(path.parent / said).resolve() for said in IMPORTED.findall(path.read_text())} for path in scripts}
    assert sum(map(len, needs.values())) > len(scripts) / 2
    while free := {path for path, wanted in needs.items() if not wanted & needs.keys()}:
        needs = {path: wanted for path, wanted in needs.items() if path not in free}
    assert sorted(path.relative_to(ROOT).as_posix() for path in needs) == []
