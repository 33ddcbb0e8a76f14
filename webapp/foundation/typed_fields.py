"""Fields for what is typed and means something: sums, numbers, dates, times. What cannot be understood is kept as typed."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import wtforms

from webapp.foundation import clock
from webapp.foundation.i18n import _
from webapp.foundation.left_out import MayBeLeftOut
from webapp.foundation.needed import needed
from webapp.foundation.packing import as_today
from webapp.foundation.pages import clean


class _Typed(MayBeLeftOut):
    """A field whose text is kept as typed when it cannot be understood."""

    widget = wtforms.widgets.TextInput()
    typed: str | None = None

    def __init__(self, label: Any, required: bool = False, missing: Any = None, **kwargs: Any) -> None:
        super().__init__(label, [*needed(required, missing), *kwargs.pop("validators", [])], **kwargs)

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
        """What this text means; raises ValueError with the words that stand beside the field."""
        return text


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


def yuan(cents: int | None) -> str:
    """A sum as people type it: 36, 36.50, -0.50; empty where there is none."""
    return "" if cents is None else f"{cents / 100:.2f}".removesuffix(".00")


class Money(_Typed):
    """A sum of yuan, kept as whole cents; not negative, below ten billion."""

    def understand(self, text: str) -> int:
        value = plain_number(text)
        if value < 0:
            raise ValueError(_("金额不能是负数。"))
        if value >= 10**10:
            raise ValueError(_("金额太大了，看看是不是多打了零。"))
        return int((value * 100).to_integral_value())

    def spell(self, data: int) -> str:
        return yuan(data)


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
