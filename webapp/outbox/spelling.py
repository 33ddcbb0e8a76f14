"""A filled-in form, read aloud: label and words of each field that says something."""

from collections.abc import Iterator
from typing import Any

import wtforms

from webapp.foundation.forms import Money
from webapp.foundation.i18n import _

UNSPOKEN = (wtforms.HiddenField, wtforms.FileField, wtforms.MultipleFileField)


def spell(form: Any, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(label, words) of every field that is filled in; what a choice names and the form does not offer stays unsaid."""
    fields = [field for field in form if field.short_name not in but]
    return [(str(field.label.text), words) for field in fields if (words := _("；").join(_words(field)))]


def _words(field: Any) -> Iterator[str]:
    if isinstance(field, wtforms.FieldList):
        for entry in field.entries:
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
        yield _("%(sum)s元", sum=field._value()) if isinstance(field, Money) else str(field.data)


def _chosen(field: Any) -> Iterator[str]:
    data = field.data if isinstance(field.data, list) else [field.data]
    for value, label, *_rest in field.iter_choices():
        if value and value in data:
            yield str(label)
