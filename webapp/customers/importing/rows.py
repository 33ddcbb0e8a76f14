"""A row of a file becomes a draft of a customer, or a fault that says what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from webapp.customers.identity import name_key, phone_key
from webapp.customers.importing.meaning import MEANT, Fault, a_phone, an_email, check_length, tags_in, understood
from webapp.customers.importing.reading import Table
from webapp.foundation.pages import clean

_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_NOTHING = frozenset(("-", "--", "/", "\\", "无", "暂无", "没有", "n/a", "#n/a", "null", "none"))


@dataclass
class Person:
    name: str
    title: str = ""
    phone: str = ""
    wechat: str = ""
    email: str = ""


@dataclass
class Draft:
    """What a row says about a customer: the columns it fills, its tags and people. `line` as spreadsheets count."""

    line: int
    values: dict[str, Any]
    tags: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @cached_property
    def key(self) -> str:
        return name_key(self.name)

    @cached_property
    def phones(self) -> list[str]:
        """The numbers by which a company can be told: its own first, then its people's."""
        written = [self.values.get("phone", ""), *(person.phone for person in self.people)]
        return [key for key in map(phone_key, written) if key]


def data_rows(table: Table, header: int | None) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of the rows below the headings that are not empty; lines count from 1."""
    start = 0 if header is None else header + 1
    for number, cells in enumerate(table.rows[start:], start + 1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def draft_of(line: int, cells: list[str], mapping: dict[int, str], headings: list[str]) -> Draft:
    """The draft of a row; raises Fault."""
    texts = _texts(cells, mapping, headings)
    if not texts.get("name"):
        raise Fault("no_name")
    tags = tags_in(texts.pop("tags", ""))
    people = list(_people(texts))
    values = {name: understood(name, text) for name, text in texts.items()}
    return Draft(line, values, tags, people)


def _texts(cells: list[str], mapping: dict[int, str], headings: list[str]) -> dict[str, str]:
    """What the cells say, by field. What has no field of its own, or is no word of ours, is noted with its heading."""
    texts: dict[str, str] = {}
    notes: list[str] = []
    for column, name in mapping.items():
        text = _typed(cells[column]) if column < len(cells) else ""
        meant = MEANT[name](text) if name in MEANT else text
        if text and (name == "note_line" or not meant):
            heading = headings[column] if column < len(headings) else ""
            notes.append(f"{heading}：{text}" if heading else text)
        elif text:
            texts[name] = meant
    if notes:
        texts["note"] = "\n".join(filter(None, [texts.get("note"), *notes]))
    return texts


def first_words(cells: list[str], mapping: dict[int, str]) -> str:
    """The name in a row that was left out, as far as there is one."""
    column = next((column for column, name in mapping.items() if name == "name"), -1)
    return _typed(cells[column])[:200] if 0 <= column < len(cells) else ""


def _typed(cell: str) -> str:
    """What a cell says, without the apostrophe by which exports keep spreadsheets from calculating."""
    text = clean(_GUARDED.sub("", cell, count=1) if cell[:1] == "'" else cell)
    return "" if text.lower() in _NOTHING else text


def _people(texts: dict[str, str]) -> Iterator[Person]:
    """Take the contacts out of the texts; a phone without a name is the company's, other traces go into the note."""
    for number in ("", "_2", "_3"):
        parts = ("name", "title", "phone", "wechat", "email")
        found = {part: texts.pop(f"contact_{part}{number}", "") for part in parts}
        for part, text in found.items():
            check_length(f"contact_{part}", text)
        an_email(found["email"])
        a_phone(found["phone"])
        if found["name"]:
            yield Person(**found)
            continue
        if found["phone"] and not texts.get("phone"):
            texts["phone"] = found.pop("phone")
        if rest := " · ".join(text for text in found.values() if text):
            texts["note"] = f"{texts['note']}\n{rest}" if texts.get("note") else rest
