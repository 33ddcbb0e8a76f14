from collections.abc import Callable, Sequence
from types import NoneType
from typing import Any

import wtforms
from wtforms.utils import unset_value


class MayBeLeftOut(wtforms.Field):
    """A field that a form may come without, as that of an older page or of a short visit does: then it holds `nothing`, and
    there is nothing to ask of it. WTForms finds the same out, at the price of asking."""

    nothing: Callable[[], Any] = NoneType
    process_errors: list[Any]
    raw_data: list[Any] | None
    errors: list[Any]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None) -> None:
        is_told = formdata is None or self.name in formdata or data is not unset_value or self.default is not None
        if is_told or extra_filters:
            super().process(formdata, data, extra_filters)
            return
        self.process_errors, self.raw_data = [], []
        self.object_data, self.data = None, self.nothing()

    def validate(self, form: Any, extra_validators: Sequence[Any] = ()) -> bool:
        has_checks = not self.flags.optional and (self.validators or extra_validators)
        if self.raw_data or self.data or has_checks:
            return super().validate(form, extra_validators)
        self.errors = []
        return True
