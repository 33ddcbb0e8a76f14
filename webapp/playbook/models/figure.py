import re
from typing import NamedTuple

_BAR = re.compile(r"\s*[|｜]\s*")


class Figure(NamedTuple):
    """A number that a track tells, and where it comes from."""

    what: str
    source: str


def figures_in(text: str) -> list[Figure]:
    """The figures of a text, a line each: «8,000 h | data sheet of March». What names no source has an empty one."""
    found = []
    for line in (text or "").splitlines():
        what, _bar, source = (_BAR.sub("|", line.strip(), count=1)).partition("|")
        if what or source:
            found.append(Figure(what, source))
    return found
