"""A form is read as WTForms reads it, though most of the work was done for an earlier one."""

import re
from collections.abc import Iterator
from typing import Any

import wtforms
from flask import Flask, render_template
from werkzeug.datastructures import ImmutableMultiDict

from webapp.foundation import pages
from webapp.foundation.forms import Choice, FieldForm, Text
from webapp.foundation.left_out import MayBeLeftOut

SAID = ImmutableMultiDict([("something_else", "1")])
KEPT = ("data", "object_data", "raw_data", "process_errors", "errors")


class NoteForm(FieldForm):
    text = Text("写了什么", most=20)
    tone = Choice("怎么样", choices=[("good", "好"), ("bad", "不好")])


def kinds(of: type[FieldForm] = FieldForm) -> Iterator[type[FieldForm]]:
    """Every form of the house that a rep sends."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_a_field_that_was_left_out_is_what_asking_would_find(app: Flask):
    checked = set()
    for kind in list(kinds()):
        blank: Any = type("Blank", (kind,), {"__init__": FieldForm.__init__})
        with app.test_request_context(method="POST"):
            form = blank(formdata=SAID)
            for field in form:
                if isinstance(field, MayBeLeftOut):
                    quick = _of(field, form, field)
                    super(MayBeLeftOut, field).process(SAID)
                    assert quick == _of(field, form, super(MayBeLeftOut, field)), f"{field.name} in {kind.__name__}"
                    checked.add(type(field).__name__)
    assert checked >= {"Text", "LongText", "Choice", "Choices", "Tick", "Money", "Whole", "Day", "Time", "NextDate"}


def _of(field: MayBeLeftOut, form: FieldForm, asked: Any) -> dict[str, Any]:
    """What a field holds and says, when it is `asked` in its own way or as WTForms does."""
    return {"fine": asked.validate(form), **{name: getattr(field, name) for name in KEPT}}


def test_what_is_done_to_one_form_does_not_show_in_the_next(app: Flask):
    with app.test_request_context(method="POST"):
        first = NoteForm(formdata=ImmutableMultiDict([("text", "太长了" * 9), ("tone", "so-so")]))
        first.tone.choices, first.text.label.text = [("other", "别的")], "别的话"
        assert not first.validate()
        later = NoteForm(formdata=SAID)
        assert later.validate()
        assert (later.text.data, str(later.text.label.text), later.text.errors) == ("", "写了什么", [])
        assert [choice.value for choice in later.tone.iter_choices()] == ["good", "bad"]
        assert later.text.meta is later.meta and later.text is not first.text


def test_what_is_kept_for_later_forms_holds_no_form(app: Flask):
    with app.test_request_context(method="POST"):
        form = NoteForm(formdata=SAID)
        kept = [value for field in form.meta.built.values() for value in vars(field).values()]
    assert kept and not any(isinstance(value, wtforms.Form | wtforms.meta.DefaultMeta) for value in kept)


def test_a_page_counts_what_the_form_counts(app: Flask):
    """Every field in which people write says how much it takes, of the signs that are left once a text is clean."""
    with app.test_request_context(method="POST"):
        form = NoteForm(formdata=ImmutableMultiDict([("text", " a\x00b👍🏽\n\u202eא\u202c ")]))
        assert 'data-most="20"' in form.text()
        assert len(re.findall(pages.SIGNS, "a\x00b👍🏽\n\u202eא\u202c")) == len(form.text.data or "") == 6
        words = render_template("parts/words.html", inside=False)
    assert f'data-signs="{pages.SIGNS}"' in words and "太长了：最多{most}字，现在有{n}字。" in words
