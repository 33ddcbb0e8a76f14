"""The shortest way round: great-circle distances, nearest neighbour, then two-opt. A day has few stops, so this is
exact enough and needs no map service."""

import itertools
from collections.abc import Sequence

from webapp.foundation.geo import distance_m

Place = tuple[float, float]


def shortest(stops: Sequence[tuple[str, Place | None]], start: Place | None) -> list[str]:
    """The ids in the order of a short open way from `start`; those whose place is not known stay at the end."""
    places = {stop_id: place for stop_id, place in stops if place}
    lost = [stop_id for stop_id, place in stops if not place]
    if not places:
        return lost
    first = start or places[next(iter(places))]
    return _untangled(_nearest_first(places, first), places, first) + lost


def length_m(places: Sequence[Place]) -> float:
    """How long it is from place to place, in metres."""
    return sum(distance_m(a, b) for a, b in itertools.pairwise(places))


def _nearest_first(places: dict[str, Place], here: Place) -> list[str]:
    left, way = dict(places), []
    while left:
        nearest = min(left, key=lambda stop_id: distance_m(here, left[stop_id]))
        way.append(nearest)
        here = left.pop(nearest)
    return way


def _untangled(way: list[str], places: dict[str, Place], start: Place) -> list[str]:
    def length(order: list[str]) -> float:
        return length_m([start, *(places[stop_id] for stop_id in order)])

    better = True
    while better:
        better = False
        for i in range(len(way) - 1):
            for j in range(i + 2, len(way) + 1):
                turned = way[:i] + way[i:j][::-1] + way[j:]
                if length(turned) < length(way) - 0.5:
                    way, better = turned, True
    return way
