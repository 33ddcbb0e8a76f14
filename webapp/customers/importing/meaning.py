"""What a cell means: a level, a stage, a day, a size… in the ways in which people write them; or why it means nothing."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import force_locale

from webapp.customers import words as customer_words
from webapp.foundation import clock
from webapp.foundation.folding import fold
from webapp.foundation.i18n import LANGUAGES
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
_MAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
_BANDS = {20: "micro", 100: "small", 500: "medium", 2000: "large"}
_SIZE_WORDS = {"微": "micro", "小": "small", "中": "medium", "大": "large"}
_TAG_BREAKS = re.compile(r"[,，、;；|/\n]+|\s{2,}")


class Fault(Exception):
    """Why a row cannot go in: a code of `importing.words.REASONS`, the field, and what stands there."""

    def __init__(self, reason: str, field: str = "", value: object = "") -> None:
        super().__init__(reason)
        self.reason, self.field, self.value = reason, field, str(value)[:60]


def tags_in(text: str) -> list[str]:
    found = [part.strip().lstrip("#") for part in _TAG_BREAKS.split(text)]
    tags = list(dict.fromkeys(part for part in found if part))
    if any(len(tag) > TAG for tag in tags):
        raise Fault("too_long", "tags", TAG)
    if len(tags) > MOST_TAGS:
        raise Fault("too_many_tags", "tags", MOST_TAGS)
    return tags


def understood(name: str, text: str) -> Any:
    check_length(name, text)
    if name in SECRETIVE and (kind := secret_number_in(text)):
        raise Fault(kind, name)
    understand = UNDERSTAND.get(name)
    return understand(text) if understand else text.replace("\n", " ") if name not in SECRETIVE else text


def check_length(name: str, text: str) -> None:
    if len(text) > MOST.get(name, 200):
        raise Fault("too_long", name, MOST.get(name, 200))


def an_email(text: str) -> str:
    if text and not _MAIL.fullmatch(text):
        raise Fault("not_an_email", "contact_email", text)
    return text


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


def a_phone(text: str) -> str:
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
    "phone": a_phone,
}
MEANT: dict[str, Callable[[str], str]] = {"size": _size, "source": _source}
"""Fields that hold only words of ours; '' is what a text means that is none."""
