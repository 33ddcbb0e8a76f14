"""A record's values as text, in the words of its own language, and back; one way for text files and tables."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import force_locale

from webapp.foundation import clock
from webapp.playbook.texts.labels import CODES, LISTS, codes, plain

_MONTHS = re.compile(r"(\d{1,2})\s*(?:个月|個月|months?)")
_BETWEEN = re.compile(r"[、，,;；\n]")


class Misspelt(Exception):
    """A value that is none: the words or the date that nobody can make anything of."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.code, self.text = code, text


def locale_of(language: str) -> str:
    return "en" if language == "en" else "zh_Hans"


def spell(fields: Mapping[str, Any], language: str) -> dict[str, str]:
    """Each value in the words of this language («zh» or «en»)."""
    with force_locale(locale_of(language)):
        return {name: _one(name, value, "、" if language != "en" else ", ") for name, value in fields.items()}


def _one(name: str, value: Any, between: str) -> str:
    if isinstance(value, list):
        return between.join(_word(name, item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    return _word(name, "" if value is None else str(value))


def _word(name: str, code: str) -> str:
    return str(CODES[name].get(code, code)) if name in CODES else code


def understand(name: str, text: str) -> Any:
    """What a text says, as the models keep it; raises Misspelt."""
    if name in ("figures_valid_until", "valid_until"):
        return _day(text)
    if name in LISTS:
        items = [item.strip() for item in _BETWEEN.split(text) if item.strip()]
        return list(dict.fromkeys(_code(name, item) for item in items))
    return _code(name, text) if text else ""


def _code(name: str, text: str) -> str:
    if name not in CODES:
        return text
    code = codes(name).get(plain(text))
    if code is None:
        raise Misspelt("unknown_word", text)
    return code


def _day(text: str) -> date | None:
    if not text:
        return None
    if months := _MONTHS.fullmatch(text.strip()):
        return end_of_month(int(months[1]))
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        raise Misspelt("no_date", text) from None


def end_of_month(months_ahead: int) -> date:
    """The last day of the month that many months from now."""
    today = clock.today()
    years, month = divmod(today.month - 1 + months_ahead, 12)
    return date(today.year + years, month + 1, monthrange(today.year + years, month + 1)[1])
