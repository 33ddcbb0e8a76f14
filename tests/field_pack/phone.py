"""A phone that pulls: it keeps what it was sent, as the worker does, and can be held against what the house would send."""

import hashlib
import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask.testing import FlaskClient

from webapp.field_pack.holding import held
from webapp.foundation import clock


class Phone:
    """The pages and the cursor of one signed-in phone."""

    def __init__(self, browser: FlaskClient) -> None:
        self.browser = browser
        self.pages: dict[str, str] = {}
        self.cursor: str | None = None
        self.edition: str | None = None
        self.moulds: dict[str, Any] = {}
        self.pressed: dict[str, list[Any]] = {}
        self.beside: dict[str, dict[str, Any]] = {}

    def ask(self, cursor: str | None, edition: str | None = None, **headers: str) -> Any:
        query = {name: value for name, value in (("cursor", cursor), ("edition", edition), ("edits", "1")) if value}
        return self.browser.get("/field-pack", query_string=query, headers=headers)

    def pull(self) -> SimpleNamespace:
        """One request, applied; what came with it."""
        answer = self.ask(self.cursor, self.edition)
        assert answer.status_code == 200, answer.status
        return self.apply(read(answer.text))

    def pull_after(self, days: int) -> list[str]:
        """So many days later: the addresses that came."""
        clock.freeze(clock.here() + timedelta(days=days))
        return list(self.pull().urls)

    def apply(self, came: SimpleNamespace) -> SimpleNamespace:
        if came.head["reset"]:
            self.pages, self.beside = {}, {}
            self.moulds = came.head["moulds"] | {"simple": came.head["simple"]}
        else:
            assert came.head["from"] == self.cursor
        for line in came.lines:
            if line["kind"] == "page":
                self._take(line)
            elif line["kind"] == "gone":
                self.pages.pop(line["url"], None)
        assert came.tail["held"] in ("", list(held(self.pages)))
        self.cursor, self.edition = came.tail["cursor"], came.head["edition"]
        return came

    def _take(self, line: dict[str, Any]) -> None:
        url, known = line["url"], self.beside.get(line["url"], {}) if "edits" in line else {}
        self.pressed[url] = edited(line["edits"], self.pressed[url]) if "edits" in line else line["html"]
        self.pages[url] = whole(self.pressed[url], self.moulds)
        assert "edits" not in line or hashlib.sha256(self.pages[url].encode()).hexdigest()[:8] == line["sum"], url
        index = {**known.get("index", {}), **line.get("index", {})}
        beside = {"row": line.get("row", known.get("row")), "index": {k: v for k, v in index.items() if v is not None}}
        self.beside[url] = {name: said for name, said in beside.items() if said}


def edited(edits: list[Any], former: list[Any]) -> list[Any]:
    """A page of the parts of its former version that stay, and of new ones."""
    held = [one for part in former for one in (part.split("\n") if isinstance(part, str) else [part])]
    stays = [not isinstance(part, str) and part[0] < 0 for part in edits]
    found = [
        held[-1 - part[0] : -1 - part[0] + part[1]] if kept else [part] for part, kept in zip(edits, stays, strict=True)
    ]
    return [part for some in found for part in some]


def read(text: str) -> SimpleNamespace:
    """The head, the tail, the lines between, and the addresses of the pages among them."""
    head, *lines, tail = map(json.loads, text.splitlines())
    assert (head["kind"], tail["kind"]) == ("head", "tail")
    urls = [line["url"] for line in lines if line["kind"] == "page"]
    return SimpleNamespace(
        head=head, lines=lines, tail=tail, urls=urls, gone=[line["url"] for line in lines if line["kind"] == "gone"]
    )


def whole(pressed: list[Any], moulds: dict[str, Any]) -> str:
    """A page with the lines in it that all pages share."""
    parts = [part if isinstance(part, str) else "\n".join(moulds["lines"][part[0] : sum(part)]) for part in pressed]
    return "\n".join(parts)
