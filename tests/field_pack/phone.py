"""A phone that pulls: it keeps what it was sent, as the worker does, and can be held against what the house would send."""

import hashlib
import json
from types import SimpleNamespace
from typing import Any

from flask.testing import FlaskClient


class Phone:
    """The pages and the cursor of one signed-in phone."""

    def __init__(self, browser: FlaskClient) -> None:
        self.browser = browser
        self.pages: dict[str, str] = {}
        self.cursor: str | None = None
        self.edition: str | None = None
        self.moulds: dict[str, Any] = {}
        self.beside: dict[str, dict[str, Any]] = {}

    def ask(self, cursor: str | None, edition: str | None = None, **headers: str) -> Any:
        query = {name: value for name, value in (("cursor", cursor), ("edition", edition)) if value}
        return self.browser.get("/field-pack", query_string=query, headers=headers)

    def pull(self) -> SimpleNamespace:
        """One request, applied; what came with it."""
        answer = self.ask(self.cursor, self.edition)
        assert answer.status_code == 200, answer.status
        return self.apply(read(answer.text))

    def apply(self, came: SimpleNamespace) -> SimpleNamespace:
        if came.head["reset"]:
            self.pages, self.beside = {}, {}
            self.moulds = came.head["moulds"] | {"simple": came.head["simple"]}
        else:
            assert came.head["from"] == self.cursor
        for line in came.lines:
            if line["kind"] == "page":
                self.pages[line["url"]] = whole(line["html"], self.moulds)
                self.beside[line["url"]] = {name: line[name] for name in ("row", "index") if name in line}
            else:
                self.pages.pop(line["url"], None)
        assert came.tail["digest"] == digest(self.pages)
        self.cursor, self.edition = came.tail["cursor"], came.head["edition"]
        return came


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


def digest(pages: dict[str, str]) -> str:
    return hashlib.sha256("\n".join(sorted(pages)).encode()).hexdigest()
