"""The doors of a room are its own: what import-linter's stairs do not say."""

import re

import grimp

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
