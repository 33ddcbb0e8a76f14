"""The fields that all forms share: they keep what was typed, say in the reader's language what is wrong, and
accept the forms of older pages, in which a field may be missing."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import wtforms
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired as _DataRequired
from wtforms.validators import Optional, StopValidation, ValidationError

from webapp.foundation import clock
from webapp.foundation.db import as_id
from webapp.foundation.filing import note_form
from webapp.foundation.i18n import _, _l
from webapp.foundation.packing import as_today, form_id
from webapp.foundation.pages import clean

__all__ = [
    "Choice",
    "Choices",
    "Day",
    "FieldForm",
    "Hidden",
    "LongText",
    "Money",
    "Number",
    "Text",
    "Tick",
    "Time",
    "Whole",
]

SHORT, LONG = 200, 5000


class FieldForm(FlaskForm):
    """A form that a rep sends: it carries its own id, so that sending it twice is the same as once."""

    class Meta:
        csrf = False

    submission_id = wtforms.HiddenField(default=form_id)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if as_id(self.submission_id.data) is None:
            self.submission_id.data = form_id()
        note_form(self)


class Text(wtforms.StringField):
    """One line of at most `most` characters, cleaned; `required` says what is missing in `missing`'s words."""

    def __init__(
        self, label: Any, most: int = SHORT, required: bool = False, missing: Any = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("filters", (clean,))
        super().__init__(label, [*_needed(required, missing), too_long(most), *kwargs.pop("validators", [])], **kwargs)
        self.most = most


class LongText(wtforms.TextAreaField):
    def __init__(
        self, label: Any, most: int = LONG, required: bool = False, missing: Any = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("filters", (clean,))
        super().__init__(label, [*_needed(required, missing), too_long(most), *kwargs.pop("validators", [])], **kwargs)
        self.most = most


class Hidden(wtforms.HiddenField):
    pass


def too_long(most: int) -> Callable[[Any, wtforms.Field], None]:
    def check(_form: Any, field: wtforms.Field) -> None:
        if field.data and len(field.data) > most:
            raise ValidationError(_("太长了：最多%(most)s字，现在有%(n)s字。", most=most, n=len(field.data)))

    return check


def _needed(required: bool, missing: Any) -> list[Any]:
    return [_DataRequired(missing or _l("这一项要填。"))] if required else [Optional(strip_whitespace=False)]


class _Typed(wtforms.Field):
    """A field whose text is kept as typed when it cannot be understood."""

    widget = wtforms.widgets.TextInput()
    typed: str | None = None

    def __init__(self, label: Any, required: bool = False, missing: Any = None, **kwargs: Any) -> None:
        super().__init__(label, [*_needed(required, missing), *kwargs.pop("validators", [])], **kwargs)

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else self.spell(self.data)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if valuelist:
            self.typed = clean(valuelist[0])
            self.data = None
            if self.typed:
                self.data = self.understand(self.typed)

    def spell(self, data: Any) -> str:
        return str(data)

    def understand(self, text: str) -> Any:
        raise NotImplementedError


def plain_number(text: str) -> Decimal:
    """A number as people type it: full-width digits, thousands commas, ¥ or 元; raises ValueError."""
    text = text.translate(str.maketrans("０１２３４５６７８９．，－", "0123456789.,-"))
    text = re.sub(r"[\s,¥￥]|元$|RMB|CNY", "", text)
    factor = 10000 if text.endswith("万") else 1
    try:
        value = Decimal(text.removesuffix("万")) * factor
    except InvalidOperation as error:
        raise ValueError(_("这不像一个数：写成 1200 或 1,200.50。")) from error
    if not value.is_finite():
        raise ValueError(_("这不像一个数：写成 1200 或 1,200.50。"))
    return value


class Money(_Typed):
    """A sum of yuan, kept as whole cents; not negative, below ten billion."""

    def understand(self, text: str) -> int:
        yuan = plain_number(text)
        if yuan < 0:
            raise ValueError(_("金额不能是负数。"))
        if yuan >= 10**10:
            raise ValueError(_("金额太大了，看看是不是多打了零。"))
        return int((yuan * 100).to_integral_value())

    def spell(self, data: int) -> str:
        return f"{data // 100}.{data % 100:02d}" if data % 100 else str(data // 100)


class Number(_Typed):
    """A number between `least` and `most`."""

    def __init__(self, label: Any, least: float = 0, most: float = 10**9, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.least, self.most = least, most

    def understand(self, text: str) -> float | int:
        value = float(plain_number(text))
        if not self.least <= value <= self.most:
            raise ValueError(_("要在%(least)s和%(most)s之间。", least=self.least, most=self.most))
        return value


class Whole(Number):
    def understand(self, text: str) -> int:
        value = super().understand(text)
        if value != int(value):
            raise ValueError(_("要一个整数。"))
        return int(value)


class Day(_Typed):
    """A date (ISO, or 2026/11/24, or 2026年11月24日), by default from ten years ago to ten years ahead.

    `follows_today`: today stands for the day on which the form is filled in, whenever its page was made."""

    widget = wtforms.widgets.DateInput()

    def __init__(
        self, label: Any, past_years: int = 10, future_years: int = 10, follows_today: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.past_years, self.future_years = past_years, future_years
        self.follows_today = follows_today

    def understand(self, text: str) -> date:
        found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
        try:
            value = date(*map(int, found.groups())) if found else None
        except ValueError:
            value = None
        if value is None:
            raise ValueError(_("这不像一个日子：写成 2026-11-24。"))
        today = clock.today()
        if value < today - timedelta(days=366 * self.past_years):
            raise ValueError(_("这个日子太早了。"))
        if value > today + timedelta(days=366 * self.future_years):
            raise ValueError(_("这个日子太远了。"))
        return value

    def spell(self, data: date) -> str:
        return as_today(data) if self.follows_today else data.isoformat()


class Time(_Typed):
    """A time of day, kept as HH:MM."""

    widget = wtforms.widgets.TimeInput()

    def understand(self, text: str) -> str:
        found = re.fullmatch(r"(\d{1,2})[:：](\d{2})(:\d{2})?", text)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError(_("这不像一个时间：写成 09:30。"))
        return f"{int(found[1]):02d}:{found[2]}"


class Choice(wtforms.RadioField):
    """One of few. An empty answer is None; one that is not offered is an error, not a crash."""

    def __init__(
        self, label: Any, choices: Any = None, required: bool = False, missing: Any = None, **kwargs: Any
    ) -> None:
        validators = [*_needed(required, missing or _l("选一个。")), *kwargs.pop("validators", [])]
        super().__init__(label, validators, choices=_offered(choices), validate_choice=False, coerce=_or_none, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in {value for value, *_rest in self.iter_choices()}:
            raise StopValidation(_("没有这个选项，重新选一个。"))


class Choices(wtforms.SelectMultipleField):
    """Any of several."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def __init__(self, label: Any, choices: Any = None, **kwargs: Any) -> None:
        super().__init__(label, choices=_offered(choices), validate_choice=False, **kwargs)

    def pre_validate(self, form: Any) -> None:
        offered = {value for value, *_rest in self.iter_choices()}
        if any(value not in offered for value in self.data or ()):
            raise StopValidation(_("没有这个选项，重新选一个。"))


class Tick(wtforms.BooleanField):
    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, false_values=("", "0", "false", "no"), **kwargs)


def _offered(choices: Any) -> Any:
    """(value, label) pairs as WTForms wants them; a mapping or a callable will do as well."""
    if choices is None or callable(choices):
        return choices
    pairs = choices.items() if hasattr(choices, "items") else choices
    return [pair if isinstance(pair, SelectChoice) else SelectChoice(*pair) for pair in pairs]


def _or_none(value: Any) -> str | None:
    return str(value) if value not in (None, "", "None") else None
