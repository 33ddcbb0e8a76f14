"""The one question of a visit, in its report. The answer says which fact it is about, so that a draft that meets another
question, or a page of days ago, never answers what it does not mean."""

from collections.abc import Iterable

from webapp.attention.models import ANSWERS, AttentionItem
from webapp.attention.words import ANSWERS as WORDS
from webapp.foundation.db import as_id


def answers_to(item: AttentionItem) -> list[tuple[str, str]]:
    """(value, label) of all that one may tap."""
    return [(f"{answer}.{item.id}", WORDS[answer]) for answer in ANSWERS]


def read(value: str | None) -> tuple[str, str]:
    """Which answer it is, and the id of what it is about; two empty texts if it is none."""
    answer, _dot, item_id = (value or "").partition(".")
    known = as_id(item_id)
    return (answer, known) if known and answer in ANSWERS else ("", "")


def asked_in(fields: Iterable[tuple[str, str]]) -> str:
    """The id of what a sent form answers about; empty if it does not."""
    return next((read(value)[1] for name, value in fields if name == "asked"), "")
