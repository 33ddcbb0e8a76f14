from typing import Any

import wtforms
from wtforms.validators import ValidationError

from webapp.foundation.forms import Choice, FieldForm, Money, Number, Text, Whole
from webapp.foundation.i18n import _, _l
from webapp.foundation.needed import AskedFor
from webapp.foundation.typed_fields import plain_number, yuan
from webapp.worth.models import Row, Worked
from webapp.worth.rules import Answer, Side, Sums, reckon

ROWS = 8
SIDES = ("ours", "theirs")
OF_A_SIDE = ("price", "life", "change", "stop", "energy")
NEEDED = ("ours_price", "theirs_price", "quantity", "years")
PRICE, FIGURE = AskedFor(_l("填上单价，不要钱的写0。")), AskedFor(_l("这一项要填。"))
OF_A_ROW = ("name", "unit", "ours", "theirs", "worth")
MONEY = ("price", "change", "energy", "stop_cost")
OF_BOTH = ("quantity", "hours", "years", "stop_cost", "rate")


class RowForm(wtforms.Form):
    """One attribute: what it is called, ours, theirs, and what one unit is worth to the customer."""

    name = Text(_l("比什么"), most=40)
    unit = Text(_l("单位"), most=20)
    ours = Text(_l("我们的"), most=60)
    theirs = Text(_l("对方的"), most=60)
    worth = Text(_l("每单位值几元"), most=20)

    def validate_worth(self, field: Any) -> None:
        try:
            worth = plain_number(field.data or "0")
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if abs(worth) >= 10**8:
            raise ValidationError(_("金额太大了，看看是不是多打了零。"))

    @property
    def is_written(self) -> bool:
        return any(field.data for field in self)

    def words(self) -> Row:
        worth = round(plain_number(self.worth.data) * 100) if self.worth.data else None
        return {**{name: self[name].data or "" for name in ("name", "unit", "ours", "theirs")}, "cents_per_unit": worth}


class WorthForm(FieldForm):
    """Both sides' figures. What is left empty counts as nothing; both prices have to be there."""

    title = Text(_l("算什么"), most=60, required=True, missing=_l("写一个，比如“6205轴承”。"))
    rival = Text(_l("对方是谁"), most=40)
    ours_price = Money(_l("我们的单价"), validators=[PRICE])
    theirs_price = Money(_l("对方的单价"), validators=[PRICE])
    ours_life = Whole(_l("我们的寿命"), most=10**7)
    theirs_life = Whole(_l("对方的寿命"), most=10**7)
    ours_change = Money(_l("我们换一次的工钱"))
    theirs_change = Money(_l("对方换一次的工钱"))
    ours_stop = Number(_l("我们换一次停机"), most=10_000)
    theirs_stop = Number(_l("对方换一次停机"), most=10_000)
    ours_energy = Money(_l("我们一年的电费"))
    theirs_energy = Money(_l("对方一年的电费"))
    quantity = Whole(_l("几件"), validators=[FIGURE], least=1, most=100_000, default=1)
    hours = Whole(_l("一年用几小时"), most=8784, default=8000)
    years = Whole(_l("算几年"), validators=[FIGURE], least=1, most=50, default=10)
    stop_cost = Money(_l("停机一小时损失"))
    rate = Number(_l("一年的资金成本"), most=100)
    at_end = Choice(_l("用坏了"), choices=[("renew", _l("换新的")), ("repair", _l("修好接着用"))], default="renew")
    rows = wtforms.FieldList(wtforms.FormField(RowForm), label=_l("逐条比"), max_entries=ROWS)

    answer: Answer | None = None

    @classmethod
    def blank(cls, said: dict[str, Any] | None = None) -> "WorthForm":
        """As it is opened: empty, or with these figures."""
        form = cls(formdata=None, data=said or {}).with_room()
        form.answer = form.reckoned()
        return form

    def with_room(self) -> "WorthForm":
        for _row in range(ROWS - len(self.rows)):
            self.rows.append_entry()
        return self

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fine = super().validate(*args, **kwargs)
        for name in NEEDED:
            if self[name].data is None and not self[name].errors:
                self[name].errors, fine = [str(self[name].flags.missing)], False
        for row in self.rows:
            if row.form.is_written and not row.form.name.data:
                row.form.name.errors, fine = [_("这一行比的是什么？")], False
        self.answer = self.reckoned() if fine else None
        if fine and self.answer is None:
            self.form_errors.append(_("这些数凑起来太大了，看看是不是多打了零。"))
        return fine and self.answer is not None

    def reckoned(self) -> Answer | None:
        """None as long as a price is missing, or when the sums are too large to be true."""
        if self.ours_price.data is None or self.theirs_price.data is None:
            return None
        return reckon(self.sums())

    def sums(self) -> Sums:
        ours, theirs = (Side(**{name: self[f"{side}_{name}"].data or 0 for name in OF_A_SIDE}) for side in SIDES)
        both: dict[str, Any] = {name: self[name].data or 0 for name in OF_BOTH}
        return Sums(ours, theirs, **both, renews=self.at_end.data != "repair")

    def written(self) -> list[Row]:
        return [row.form.words() for row in self.rows if row.form.name.data]

    def worked(self) -> Worked:
        assert self.answer is not None
        return Worked(self.title.data or "", self.rival.data or "", self.sums(), self.written(), self.answer)


def said_of(title: str, rival: str, sums: Sums, rows: list[Row]) -> dict[str, Any]:
    """What a form is opened with to show these figures."""
    sides = {f"{side}_{name}": getattr(getattr(sums, side), name) or None for side in SIDES for name in OF_A_SIDE}
    prices = {f"{side}_price": getattr(sums, side).price for side in SIDES}
    both = {name: getattr(sums, name) or None for name in OF_BOTH}
    lines = [{**row, "worth": yuan(row["cents_per_unit"])} for row in rows]
    end = "renew" if sums.renews else "repair"
    return {
        "title": title,
        "rival": rival,
        **sides,
        **prices,
        **both,
        "hours": sums.hours,
        "at_end": end,
        "rows": lines,
    }


def typed_of(said: dict[str, Any]) -> dict[str, str]:
    """The same as it is typed: field → words; rows that are not written are empty."""
    typed = {name: _typed(name, value) for name, value in said.items() if name != "rows"}
    rows = [*said["rows"], *[{}] * ROWS][:ROWS]
    return typed | {f"rows-{n}-{name}": str(row.get(name, "")) for n, row in enumerate(rows) for name in OF_A_ROW}


def _typed(name: str, value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return yuan(value) if name.endswith(MONEY) else f"{value:.10g}"
