"""What the pages of one person's pack have in common, sent once with the whole set: the lines that are the same on every
page, and the parts of which his phone lays lists together itself. A page then names the common lines by their numbers."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, current_app, render_template
from flask_login import current_user

from webapp.customers import packed
from webapp.field_pack.contents import CARD, FORMS, SELDOM
from webapp.field_pack.rendering import Reader, read_by, render
from webapp.foundation import clock
from webapp.foundation.i18n import tag
from webapp.foundation.packing import BLANK_ID, STRANGER

SHORT = 8
"""Characters of a line that is not worth a number."""
OF_ALL = (CARD, *FORMS.values(), SELDOM["edit"])
"""Pages that every customer has: what they say of a stranger, they say of all."""
PARTS = ("base.html", "pwa/_common.html")
READY = {"day": date.min}
PASSING = re.compile(r"\d\d:\d\d|[1-9]\d{3}-\d\d|[0-9a-f]{8}-[0-9a-f]{4}-[1-9]")
"""In lines that another moment, another day or another row would make others."""


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
        pages = [render_template(name, tab="", **READY) for name in PARTS]
        parts, alone = packed.moulds(), current_user.role == "rep"
    for url in OF_ALL:
        pages.append(render(app, url.format(STRANGER), spoken.reader, casting=True)[0] or "")
    lines = tuple(dict.fromkeys(line for page in pages for line in page.split("\n") if _is_common(line)))
    text = json.dumps([build, lines, parts, alone], ensure_ascii=False)
    return Moulds(lines, parts, alone, hashlib.sha256(text.encode()).hexdigest()[:16])


def _is_common(line: str) -> bool:
    return len(line) > SHORT and not PASSING.search(line.replace(BLANK_ID, ""))


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
