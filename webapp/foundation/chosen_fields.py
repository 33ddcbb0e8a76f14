"""Fields in which one taps: one of few, any of several, yes."""

from typing import Any

import wtforms
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from webapp.foundation.i18n import _, _l
from webapp.foundation.left_out import MayBeLeftOut
from webapp.foundation.needed import needed


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
