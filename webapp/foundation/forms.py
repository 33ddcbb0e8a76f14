"""The fields that all forms share: they keep what was typed, say in the reader's language what is wrong, and
accept the forms of older pages, in which a field may be missing."""

from collections.abc import Callable
from typing import Any, ClassVar

import wtforms
from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from webapp.foundation.binding import BuiltOnce
from webapp.foundation.chosen_fields import Choice, Choices, Tick
from webapp.foundation.db import as_id
from webapp.foundation.filing import note_form
from webapp.foundation.i18n import OfForms, _
from webapp.foundation.left_out import MayBeLeftOut
from webapp.foundation.needed import needed
from webapp.foundation.packing import form_id
from webapp.foundation.pages import clean
from webapp.foundation.privacy import no_secret_numbers
from webapp.foundation.typed_fields import Day, Money, Number, Time, Whole

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
