from typing import Any

import wtforms
from wtforms.validators import ValidationError

from webapp.foundation.forms import Choice, Day, FieldForm, Hidden, LongText, Money, Text
from webapp.foundation.i18n import _, _l
from webapp.foundation.typed_fields import plain_number, yuan
from webapp.playbook.models import Product
from webapp.playbook.texts.labels import SIDES
from webapp.playbook.texts.products import plain_figure

BLANK_ROWS = 3
MOST_ROWS = 30


class AttributeForm(wtforms.Form):
    """One row: what it is called, how much, of what, and what one unit is worth."""

    name = Text(_l("特性"), most=40)
    value = Text(_l("数值或说明"), most=100)
    unit = Text(_l("单位"), most=20)
    worth = Text(_l("每单位值多少元"), most=20)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A value without a name is wrong at its name, which is empty and therefore not asked by itself."""
        fine = bool(super().validate(*args, **kwargs))
        if not self.name.data and (self.value.data or self.worth.data):
            self.name.errors, fine = [_("这一行说的是什么？")], False
        return fine

    def validate_worth(self, field: Any) -> None:
        try:
            worth = plain_number(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if abs(worth) >= 10**8:
            raise ValidationError(_("金额太大了，看看是不是多打了零。"))

    def words(self) -> dict[str, Any]:
        """As `Product.add` takes them."""
        worth = round(plain_number(self.worth.data) * 100) if self.worth.data else None
        said: dict[str, Any] = {"name": self.name.data, "unit": self.unit.data or "", "cents_per_unit": worth}
        try:
            number = float(plain_number(self.value.data or ""))
            return {**said, "number": number, "text": ""} if abs(number) < 10**12 else {**said, "text": self.value.data}
        except ValueError:
            return {**said, "number": None, "text": self.value.data or ""}


class ProductForm(FieldForm):
    """A product of ours or of a competitor. `version` is the one that was opened."""

    version = Hidden()
    side = Choice(_l("谁家的"), choices=list(SIDES.items()), required=True)
    group = Text(
        _l("跟什么比"),
        most=100,
        required=True,
        missing=_l("写一个，比如“6205轴承”。"),
        description=_l("我们的和对手的写同一个，才比得起来。"),
    )
    name = Text(_l("名字"), most=100, required=True, missing=_l("写上名字。"))
    maker = Text(_l("厂家"), most=100)
    price_cents = Money(_l("价格"))
    unit = Text(_l("单位"), most=20, description=_l("套、瓶、年"))
    attributes = wtforms.FieldList(wtforms.FormField(AttributeForm), max_entries=MOST_ROWS)
    source = Text(_l("数字哪儿来的"), most=200, description=_l("哪本样册、谁的报价单、哪天的。"))
    valid_until = Day(_l("数字管到哪天"))
    note = LongText(_l("备注"), most=1000)

    @classmethod
    def of(cls, product: Product) -> "ProductForm":
        words = {name: getattr(product, name) for name in PLAIN}
        rows = [
            {
                "name": one.name,
                "value": one.text if one.number is None else plain_figure(one.number),
                "unit": one.unit,
                "worth": yuan(one.cents_per_unit),
            }
            for one in product.attributes
        ]
        side = "ours" if product.is_ours else "theirs"
        return cls(data={**words, "side": side, "version": str(product.version), "attributes": rows}).with_room()

    def with_room(self) -> "ProductForm":
        """With a few empty rows behind those that are written."""
        for _row in range(min(BLANK_ROWS, MOST_ROWS - len(self.attributes))):
            self.attributes.append_entry()
        return self

    def words(self) -> dict[str, Any]:
        rows = [row.form.words() for row in self.attributes if row.form.name.data]
        said: dict[str, Any] = {name: getattr(self, name).data for name in PLAIN}
        return {**said, "is_ours": self.side.data == "ours", "attributes": rows}


PLAIN = ("group", "name", "maker", "price_cents", "unit", "source", "valid_until", "note")
