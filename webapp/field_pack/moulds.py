"""What the pages of one person's pack have in common, sent once with the whole set: the lines that are the same on every
page, and the parts of which his phone lays lists together itself. A page then names the common lines by their numbers."""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, current_app, render_template
from flask_login import current_user

from webapp.customers import packed
from webapp.field_pack.rendering import Reader, read_by
from webapp.foundation import clock
from webapp.foundation.i18n import tag

SHORT = 8
"""Characters of a line that is not worth a number."""


class Moulds(NamedTuple):
    """`lines`: the common lines; `parts`: those of the list; `sees`: whether he sees his own customers alone; `mark`:
    a digest of all, so that a phone with other ones gets everything anew."""

    lines: tuple[str, ...]
    parts: dict[str, str]
    alone: bool
    mark: str

    def told(self) -> dict[str, Any]:
        return {"lines": self.lines, "parts": self.parts, "alone": self.alone}

    def pressed(self, html: str) -> list[Any]:
        """The page as a list: text of its own, and [first, number] of common lines that follow each other."""
        return list(_pressed(html.split("\n"), _places(self.lines)))


def of(app: Flask, reader: Reader) -> Moulds:
    """Those of this person as he is now; worded once as long as his name, role, language and colours stay."""
    with read_by(app, "/offline", reader) as user:
        told = (user.name, user.role, str(user.scheme), clock.zone().key, tag())
    return _cast(app, current_app.config["BUILD"], reader.user_id, told, _Spoken(reader))


class _Spoken(NamedTuple):
    """A reader, for the cache, which looks at what his wishes come to and not at how his browser says them."""

    reader: Reader

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Spoken)


@lru_cache(maxsize=256)
def _cast(app: Flask, build: str, user_id: str, told: tuple[str, ...], spoken: _Spoken) -> Moulds:
    with read_by(app, "/offline", spoken.reader):
        lines = tuple(dict.fromkeys(line for line in render_template("base.html", tab="").split("\n") if _is_long(line)))
        parts, alone = packed.moulds(), current_user.role == "rep"
    text = json.dumps([build, lines, parts, alone], ensure_ascii=False)
    return Moulds(lines, parts, alone, hashlib.sha256(text.encode()).hexdigest()[:16])


def _is_long(line: str) -> bool:
    return len(line) > SHORT


@lru_cache(maxsize=64)
def _places(lines: tuple[str, ...]) -> dict[str, int]:
    return {line: n for n, line in enumerate(lines)}


def _pressed(lines: list[str], places: dict[str, int]) -> Iterator[Any]:
    own: list[str] = []
    run: list[int] = []
    for line in lines:
        place = places.get(line)
        if run and place == run[0] + run[1]:
            run[1] += 1
            continue
        if run:
            yield run
            run = []
        if place is None:
            own.append(line)
        else:
            if own:
                yield "\n".join(own)
                own = []
            run = [place, 1]
    if run:
        yield run
    if own:
        yield "\n".join(own)
