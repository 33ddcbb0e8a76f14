"""When two entries mean the same company: a name without its legal form and spelling, a phone by its digits."""

import re
from collections.abc import Iterable

from webapp.foundation.folding import chunks_of, fold
from webapp.foundation.pinyin import search_key

_FORMS = (
    r"股份有限公司|有限责任公司|股份公司|集团公司|控股公司|总公司|分公司|有限公司|公司|股份|集团|控股|"
    r"company|limited|corporation|incorporated|corp|inc|ltd|llc|gmbh|plc|co|group|holdings?"
)
_LEGAL_FORM = re.compile(rf"(?P<name>.{{2,}}?)(?P<form>(?:{_FORMS})+)")
_TELLING = re.compile(r"股份|集团|控股|分公司|group|holding")
_NOT_NAME = re.compile(r"[\W_]+")
_SEPARATE = re.compile(r"[/、,;|]|转|ext\.?")


def name_key(name: str | None) -> str:
    """What stays of a name that two people write differently; at most 200 characters, empty for an empty name.

    Width, case, traditional characters, spaces, brackets and punctuation do not count; the legal form at its end is taken
    off if two characters stay: '苏州恒润纺机（集团）股份有限公司' and '蘇州恒潤紡機' have the same key.
    """
    return _parted(name)[0][:200]


def same_company(name: str | None, other: str | None) -> bool:
    """Whether two names with the same key are one company: 太极集团 and 太极股份 are two, 太极 and 太极集团有限公司 one."""
    (key, form), (other_key, other_form) = _parted(name), _parted(other)
    said, other_said = set(_TELLING.findall(form)), set(_TELLING.findall(other_form))
    return key == other_key and (not said or not other_said or bool(said & other_said))


def phone_key(phone: str | None) -> str:
    """The digits of the first number in this text, without China's +86; empty if it is too short to tell people apart."""
    for part in _SEPARATE.split(fold(phone or "")):
        digits = re.sub(r"\D", "", part)
        if digits.startswith("86") and len(digits) == 13:
            digits = digits[2:]
        if 7 <= len(digits) <= 20:
            return digits
    return ""


def _parted(name: str | None) -> tuple[str, str]:
    bare = _NOT_NAME.sub("", fold(name or ""))
    found = _LEGAL_FORM.fullmatch(bare)
    return (found["name"], found["form"]) if found else (bare or (name or "").strip(), "")


def derived_keys(
    name: str, short_name: str = "", code: str = "", phone: str = "", people: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """The derived columns of a customer with these contacts (name, phone); also for rows put in by the thousand."""
    words = [name, short_name, code, phone]
    for person, number in people:
        words += [person, number]
    return {
        "name_key": name_key(name),
        "phone_key": phone_key(phone),
        "sort_key": sort_key(short_name or name),
        "search_key": search_key(*words),
    }


def sort_key(title: str) -> str:
    """How a title is read aloud, for lists in the order of the alphabet; at most 60 characters."""
    return "".join(unit.reading or unit.text for chunk in chunks_of(title) for unit in chunk)[:60]
