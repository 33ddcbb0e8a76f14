"""A filled-in form, read aloud: label and words of each field that says something."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import wtforms

from webapp.foundation.forms import Money
from webapp.foundation.i18n import _
from webapp.foundation.words import day

UNSPOKEN = (wtforms.HiddenField, wtforms.FileField, wtforms.MultipleFileField)


def spell(form: Any, but: tuple[str, ...] = (), first: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(label, words) of every field that is filled in; what a choice names and the form does not offer stays unsaid."""
    fields = [field for field in form if field.short_name not in but]
    fields.sort(key=lambda field: first.index(field.short_name) if field.short_name in first else len(first))
    return [(str(field.label.text), words) for field in fields if (words := _("；").join(_words(field)))]


def _words(field: Any) -> Iterator[str]:
    if isinstance(field, wtforms.FieldList):
        for entry in field.entries:
            if not _is_typed(entry.form):
                continue
            if words := _("，").join(words for _label, words in spell(entry.form)):
                yield words
    elif isinstance(field, UNSPOKEN):
        return
    elif isinstance(field, wtforms.BooleanField):
        if field.data:
            yield _("是")
    elif hasattr(field, "iter_choices"):
        yield from _chosen(field)
    elif field.data not in (None, ""):
        yield _plain(field)


def _is_typed(row: Any) -> bool:
    """Whether somebody wrote into this row; a choice that stands there from the start says nothing."""
    return any(
        field.data for field in row if isinstance(field, wtforms.StringField) and not isinstance(field, UNSPOKEN)
    )


def _plain(field: Any) -> str:
    if isinstance(field, Money):
        return _("%(sum)s元", sum=field._value())
    return day(field.data) if isinstance(field.data, date) else str(field.data)


def _chosen(field: Any) -> Iterator[str]:
    data = field.data if isinstance(field.data, list) else [field.data]
    for value, label, *_rest in field.iter_choices():
        if value and value in data:
            yield str(label)
