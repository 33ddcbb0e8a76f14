"""A row of a file becomes a draft of a customer, or a fault that says what is wrong with it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from flask_babel import force_locale

from webapp.customers import words as customer_words
from webapp.customers.identity import name_key, phone_key
from webapp.customers.importing.reading import Table
from webapp.foundation import clock
from webapp.foundation.folding import fold
from webapp.foundation.i18n import LANGUAGES
from webapp.foundation.pages import clean
from webapp.foundation.privacy import secret_number_in

MOST = {
    "name": 200, "short_name": 60, "code": 60, "industry": 60, "area": 60, "city": 60, "district": 60, "address": 200,
    "phone": 60, "website": 200, "pain": 5000, "note": 5000, "next_step": 200,
    "contact_name": 64, "contact_title": 64, "contact_phone": 60, "contact_wechat": 64, "contact_email": 120,
}  # fmt: skip
"""Characters that a field may hold; the columns of the database are as wide."""
MOST_TAGS, TAG = 20, 30
YEARS = 10
SECRETIVE = ("pain", "note", "next_step")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_NOTHING = frozenset(("-", "--", "/", "\\", "无", "暂无", "没有", "n/a", "#n/a", "null", "none"))
_MAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
_BANDS = {20: "micro", 100: "small", 500: "medium", 2000: "large"}
_SIZE_WORDS = {"微": "micro", "小": "small", "中": "medium", "大": "large"}
_TAG_BREAKS = re.compile(r"[,，、;；|/\n]+|\s{2,}")


class Fault(Exception):
    """Why a row cannot go in: a code of `importing.words.REASONS`, the field, and what stands there."""

    def __init__(self, reason: str, field: str = "", value: object = "") -> None:
        super().__init__(reason)
        self.reason, self.field, self.value = reason, field, str(value)[:60]


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
    tags = _tags(texts.pop("tags", ""))
    people = list(_people(texts))
    values = {name: _understood(name, text) for name, text in texts.items()}
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
            _fits(f"contact_{part}", text)
        if found["email"] and not _MAIL.fullmatch(found["email"]):
            raise Fault("not_an_email", "contact_email", found["email"])
        _phone(found["phone"])
        if found["name"]:
            yield Person(**found)
            continue
        if found["phone"] and not texts.get("phone"):
            texts["phone"] = found.pop("phone")
        if rest := " · ".join(text for text in found.values() if text):
            texts["note"] = f"{texts['note']}\n{rest}" if texts.get("note") else rest


def _tags(text: str) -> list[str]:
    found = [part.strip().lstrip("#") for part in _TAG_BREAKS.split(text)]
    tags = list(dict.fromkeys(part for part in found if part))
    if any(len(tag) > TAG for tag in tags):
        raise Fault("too_long", "tags", TAG)
    if len(tags) > MOST_TAGS:
        raise Fault("too_many_tags", "tags", MOST_TAGS)
    return tags


def _understood(name: str, text: str) -> Any:
    _fits(name, text)
    if name in SECRETIVE and (kind := secret_number_in(text)):
        raise Fault(kind, name)
    understand = UNDERSTAND.get(name)
    return understand(text) if understand else text.replace("\n", " ") if name not in SECRETIVE else text


def _fits(name: str, text: str) -> None:
    if len(text) > MOST.get(name, 200):
        raise Fault("too_long", name, MOST.get(name, 200))


def _level(text: str) -> str:
    letter = fold(text)[:1].upper()
    if letter not in customer_words.LEVELS or not re.fullmatch(r"(?i)[a-f](级|类|\W.*)?", fold(text)):
        raise Fault("not_a_level", "level", text)
    return letter


def _stage(text: str) -> str:
    numbers = dict(zip("123456", customer_words.STAGES, strict=True))
    code = _coded("STAGES", text) or _coded("STAGES_SHORT", text) or numbers.get(fold(text).strip(" .、")[:1])
    if not code:
        raise Fault("not_a_stage", "stage", text)
    return code


def _day(text: str) -> date:
    found = re.match(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)", fold(text))
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Fault("not_a_day", "next_step_on", text)
    if abs(day.year - clock.today().year) > YEARS:
        raise Fault("day_out_of_reach", "next_step_on", text)
    return day


def _phone(text: str) -> str:
    if text and sum(map(str.isdigit, text)) < 3:
        raise Fault("not_a_phone", "phone", text)
    return text.replace("\n", " ")


def _size(text: str) -> str:
    """The band of a size that is written as a band, a word or a number of people; '' if it is neither."""
    if code := _coded("SIZES", text):
        return code
    numbers = [int(digits) for digits in re.findall(r"\d+", fold(text).replace(",", ""))]
    if not numbers:
        return next((code for word, code in _SIZE_WORDS.items() if word in fold(text)), "")
    return next((code for below, code in _BANDS.items() if numbers[-1] < below), "huge")


def _source(text: str) -> str:
    return _coded("SOURCES", text) or ""


def _coded(table: str, text: str) -> str | None:
    return _codes(table).get(fold(text).strip())


@lru_cache
def _codes(table: str) -> dict[str, str]:
    """Label in any language, or code, folded → code."""
    labels = getattr(customer_words, table)
    codes = {fold(code): code for code in labels}
    for language in LANGUAGES:
        with force_locale(language):
            codes |= {fold(str(label)): code for code, label in labels.items()}
    return codes


UNDERSTAND: dict[str, Callable[[str], Any]] = {
    "level": _level,
    "stage": _stage,
    "next_step_on": _day,
    "phone": _phone,
}
MEANT: dict[str, Callable[[str], str]] = {"size": _size, "source": _source}
"""Fields that hold only words of ours; '' is what a text means that is none."""
