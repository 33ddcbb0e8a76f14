"""What a form cannot do without: said by the form, and by the page on the phone before it keeps anything."""

from typing import Any

from wtforms.validators import DataRequired as _DataRequired
from wtforms.validators import Optional

from webapp.foundation.i18n import _l


class AskedFor:
    """What a page says on the phone, where nobody else checks, before it keeps a form in which this is empty (and `instead`, a
    field that says it as well). The form itself refuses it, too, in these words."""

    def __init__(self, words: Any, instead: str = "") -> None:
        self.words, self.field_flags = words, {"missing": words, "instead": instead}

    def __call__(self, _form: Any, _field: Any) -> None:
        """Whether it is really missing is for the form to say."""


class _Needed(_DataRequired):
    def __init__(self, words: Any) -> None:
        super().__init__(words)
        self.field_flags = {"required": True, "missing": words}


def needed(required: bool, missing: Any) -> list[Any]:
    return [_Needed(missing or _l("这一项要填。"))] if required else [Optional(strip_whitespace=False)]
