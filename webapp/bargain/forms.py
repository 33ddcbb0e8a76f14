from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from wtforms.validators import ValidationError

from webapp.bargain.words import BROKEN, KINDS, MOST, RETURNS, ROLES
from webapp.foundation.forms import Choice, FieldForm, Number, Text
from webapp.foundation.i18n import _, _l
from webapp.foundation.needed import AskedFor


class ConcessionForm(FieldForm):
    """What is given, how much of it (in the unit of its kind), and what comes back for it."""

    kind = Choice(_l("让什么"), choices=list(KINDS.items()), required=True)
    amount = Number(
        _l("让多少"),
        most=1_000_000,
        validators=[AskedFor(_l("写个数。"))],
        description=_l("折扣填百分比，账期填天，样品填件，运费填元，培训填次，保修填月。"),
    )
    what = Text(_l("哪一单、哪些货"), most=300)
    in_return = Choice(
        _l("换回什么"), choices=list(RETURNS.items()), required=True, missing=_l("让一步，总要换回一样。")
    )
    return_words = Text(_l("说准一点"), most=200, description=_l("比如：周五前签、先付三成。"))

    def validate_amount(self, field: Any) -> None:
        kind = self.kind.data or ""
        if field.data is None and not field.errors:
            raise ValidationError(str(field.flags.missing))
        if field.data is None or kind not in KINDS:
            return
        if not 0 < field.data <= MOST[kind]:
            raise ValidationError(
                _("要在%(least)s和%(most)s之间。", least="0.01" if kind in BROKEN else 1, most=MOST[kind])
            )
        if kind not in BROKEN and field.data != int(field.data):
            raise ValidationError(_("要一个整数。"))

    def told(self) -> dict[str, Any]:
        """What was said, as `Concession.offer` takes it."""
        words = {"what": self.what.data or "", "return_words": self.return_words.data or ""}
        amount = round((self.amount.data or 0) * 100)
        return {"kind": self.kind.data, "amount": amount, "in_return": self.in_return.data, **words}


def plainly(amount: int) -> float | int:
    """Hundredths as one writes them."""
    return amount / 100 if amount % 100 else amount // 100


class LimitForm(FieldForm):
    """A number for each role and kind; the fields are named `<role>-<kind>`."""

    def __init__(self, limits: dict[str, dict[str, int]], **kwargs: Any) -> None:
        super().__init__(
            **kwargs, data={f"{role}-{kind}": plainly(n) for role in ROLES for kind, n in limits[role].items()}
        )

    def rows(self) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
        """(role, [(kind, field), …]), role by role."""
        for role in ROLES:
            yield role, [(kind, self[f"{role}-{kind}"]) for kind in KINDS]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fine = super().validate(*args, **kwargs)
        for _role, fields in self.rows():
            for _kind, field in fields:
                if field.data is None and not field.errors:
                    field.errors, fine = [_("写个数，不许让就写0。")], False
        for below, above in pairwise(ROLES):
            for kind in KINDS:
                low, high = self[f"{below}-{kind}"], self[f"{above}-{kind}"]
                if not low.errors and not high.errors and (low.data or 0) > (high.data or 0):
                    high.errors, fine = [_("不能比下一级还少。")], False
        return fine


for _role in ROLES:
    for _kind, _label in KINDS.items():
        setattr(LimitForm, f"{_role}-{_kind}", Number(_label, most=MOST[_kind]))
