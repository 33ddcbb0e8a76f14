"""A page as the phone holds it, and as it is now. Of what a phone holds a mark is kept for each part; what it is told of a
page that has changed is which parts stay, and the new ones (docs/protocol.md, "Edits")."""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import groupby
from typing import Any

from webapp.field_pack import search_index

DIGEST, SIGNS = 32, 4
"""Characters of the digest of all, and of the mark of one part (24 bits: `sum` tells the phone if one was mistaken)."""
SUM = 8
WORTH = 12
"""Characters of text below which naming a part is no shorter than saying it again."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Version:
    """A page: its text, how it is told (field_pack.moulds), and what comes with it."""

    url: str
    html: str
    pressed: list[Any]
    beside: dict[str, Any]

    def line(self) -> dict[str, Any]:
        """The page whole."""
        return {"kind": "page", "url": self.url, "html": self.pressed, **self.beside}

    def content(self) -> str:
        """What is kept of it: a digest of all, the marks of its parts, those of what comes with it."""
        digest = hashlib.sha256(_json(self.line()).encode()).hexdigest()[:DIGEST]
        return f"{digest}.{self._marked}.{self._marked_facets}"

    def edits(self, content: str) -> dict[str, Any] | None:
        """What a phone lacks that holds the page of that content; None if the page is told no longer whole."""
        _digest, *kept = content.split(".")
        if len(kept) != 2 or len(kept[1]) != len(self._marked_facets):
            return None
        edits = list(_joined(_edits(_split(kept[0]), _split(self._marked), self._parts)))
        if len(_json(edits)) >= len(_json(self.pressed)):
            return None
        summed = hashlib.sha256(self.html.encode()).hexdigest()[:SUM]
        return {"kind": "page", "url": self.url, "edits": edits, "sum": summed, **self._beside(_split(kept[1]))}

    @cached_property
    def _parts(self) -> list[Any]:
        """Lines of its own, and the runs of common ones."""
        return [one for part in self.pressed for one in (part.split("\n") if isinstance(part, str) else [part])]

    @cached_property
    def _marked(self) -> str:
        return _marks(map(_json, self._parts))

    @cached_property
    def _marked_facets(self) -> str:
        return _marks(f"{name}{_json(value)}" for name, value in self._facets.items())

    @cached_property
    def _facets(self) -> dict[str, Any]:
        row = {"row": self.beside["row"]} if "row" in self.beside else {}
        index = self.beside.get("index")
        return row | ({name: index.get(name) for name in search_index.NAMES} if index else {})

    def _beside(self, was: list[str]) -> dict[str, Any]:
        """What comes with it, as far as it is another; of the index only those names, null for one that is gone."""
        now = _split(self._marked_facets)
        new = {name: value for (name, value), a, b in zip(self._facets.items(), was, now, strict=True) if a != b}
        row = {"row": new.pop("row")} if "row" in new else {}
        return row | ({"index": {"id": self.beside["index"]["id"]} | new} if new else {})


def _marks(texts: Any) -> str:
    marks = b"".join(zlib.crc32(text.encode()).to_bytes(4)[1:] for text in texts)
    return base64.urlsafe_b64encode(marks).decode()


def _split(marks: str) -> list[str]:
    return [marks[n : n + SIGNS] for n in range(0, len(marks), SIGNS)]


def _edits(was: list[str], now: list[str], parts: list[Any]) -> Iterator[Any]:
    """Parts that are new, and [-1 - first, number] for those that stay."""
    for kind, first, last, begin, end in _turned(was, now):
        if kind == "equal" and len(_json(parts[begin:end])) > WORTH:
            yield [-1 - first, last - first]
        else:
            yield from parts[begin:end]


def _turned(was: list[str], now: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What has become of which part, as SequenceMatcher says it; what both begin and end with is not looked through."""
    shorter = min(len(was), len(now))
    head = next((n for n in range(shorter) if was[n] != now[n]), shorter)
    foot = next((n for n in range(shorter - head) if was[-1 - n] != now[-1 - n]), shorter - head)
    yield "equal", 0, head, 0, head
    between = SequenceMatcher(None, was[head : len(was) - foot], now[head : len(now) - foot], autojunk=False)
    for kind, first, last, begin, end in between.get_opcodes():
        yield kind, first + head, last + head, begin + head, end + head
    yield "equal", len(was) - foot, len(was), len(now) - foot, len(now)


def _joined(parts: Iterator[Any]) -> Iterator[Any]:
    """The same with lines that follow each other as one text."""
    for is_text, some in groupby(parts, lambda part: isinstance(part, str)):
        if is_text:
            yield "\n".join(some)
        else:
            yield from some
