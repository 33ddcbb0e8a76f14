"""The fields that all forms share: they keep what was typed, say in the reader's language what is wrong, and
accept the forms of older pages, in which a field may be missing."""

from collections.abc import Callable
from typing import Any, ClassVar

import wtforms
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from webapp.foundation.binding import BuiltOnce
from webapp.foundation.db import as_id
from webapp.foundation.filing import note_form
from webapp.foundation.i18n import OfForms, _, _l
from webapp.foundation.left_out import MayBeLeftOut
from webapp.foundation.packing import form_id
from webapp.foundation.pages import clean
from webapp.foundation.privacy import no_secret_numbers
from webapp.foundation.typed_fields import Day, Money, Number, Time, Whole, needed

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

    class Meta(BuiltOnce):
        csrf = False

        def get_translations(self, form: Any) -> Any:
            return OfForms()

    own_checks: ClassVar[list[str]]
    """The fields for which forms of this kind have a `validate_<field>`."""
    submission_id = wtforms.HiddenField()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        names = (name.removeprefix("validate_") for name in dir(cls) if name.startswith("validate_"))
        cls.own_checks = [name for name in names if hasattr(getattr(cls, name, None), "_formfield")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if as_id(self.submission_id.data) is None:
            self.submission_id.data = form_id()
        note_form(self)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """As ever; and a form's own `validate_<field>` is asked about an empty field too (WTForms stops before it), since
        what is missing is wrong when something beside it was filled in."""
        fine = bool(super().validate(*args, **kwargs))
        for name in self.own_checks:
            field = self[name]
            if field.errors or any(str(value).strip() for value in field.raw_data or []):
                continue
            try:
                getattr(self, f"validate_{name}")(field)
            except ValidationError as error:
                field.errors, fine = [str(error)], False
        return fine


class Written(MayBeLeftOut):
    """A field in which people write: cleaned, at most `most` characters, which the page counts too (data-most); `required` says
    what is missing in `missing`'s words."""

    longest, nothing = SHORT, str

    def __init__(self, label: Any, most: int = 0, required: bool = False, missing: Any = None, **kwargs: Any) -> None:
        self.most = most or self.longest
        kwargs.setdefault("filters", (clean,))
        kwargs.setdefault("render_kw", {"data-most": self.most})
        own = kwargs.pop("validators", [])
        checks = [*needed(required, missing), too_long(self.most), *own, no_secret_numbers]
        super().__init__(label, checks, **kwargs)


class Text(Written, wtforms.StringField):
    """One line."""


class LongText(Written, wtforms.TextAreaField):
    longest = LONG


class Hidden(MayBeLeftOut, wtforms.HiddenField):
    pass


def too_long(most: int) -> Callable[[Any, wtforms.Field], None]:
    def check(_form: Any, field: wtforms.Field) -> None:
        if field.data and len(field.data) > most:
            raise ValidationError(_("太长了：最多%(most)s字，现在有%(n)s字。", most=most, n=len(field.data)))

    return check


class Choice(MayBeLeftOut, wtforms.RadioField):
    """One of few. An empty answer is None; one that is not offered is an error, not a crash."""

    def __init__(
        self, label: Any, choices: Any = None, required: bool = False, missing: Any = None, **kwargs: Any
    ) -> None:
        validators = [
            *needed(required, missing or (_l("选一个。") if required else None)),
            *kwargs.pop("validators", []),
        ]
        super().__init__(label, validators, choices=_offered(choices), validate_choice=False, coerce=_or_none, **kwargs)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in {value for value, *_rest in self.iter_choices()}:
            raise StopValidation(_("没有这个选项，重新选一个。"))


class Choices(MayBeLeftOut, wtforms.SelectMultipleField):
    """Any of several."""

    nothing = list
    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()

    def __init__(self, label: Any, choices: Any = None, **kwargs: Any) -> None:
        super().__init__(label, choices=_offered(choices), validate_choice=False, **kwargs)

    def pre_validate(self, form: Any) -> None:
        offered = {value for value, *_rest in self.iter_choices()} if self.data else set()
        if any(value not in offered for value in self.data or ()):
            raise StopValidation(_("没有这个选项，重新选一个。"))


class Tick(MayBeLeftOut, wtforms.BooleanField):
    nothing = bool

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
