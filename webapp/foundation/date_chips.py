"""A day ahead by one tap: the chips, and the choice that keeps those of a form that was opened yesterday good."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from wtforms.validators import StopValidation

from webapp.foundation import packing
from webapp.foundation.forms import Choice
from webapp.foundation.i18n import _
from webapp.foundation.words import day_short

PICK = "pick"


class DateChoice(Choice):
    """A day from the chips, or 'pick' for another one; a day whose chip has gone since is still that day."""

    others: tuple[str, ...] = (PICK,)
    choices: Any

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in self.others and self.on is None:
            raise StopValidation(_("没有这个选项，重新选一个。"))

    @property
    def on(self) -> date | None:
        return as_day(self.data)

    def offer(self, today: date) -> None:
        """The days one usually says; one that was chosen before stands among them."""
        self.choices = self.with_the_chosen([*date_chips(today), (PICK, _("挑个日子"))])

    def with_the_chosen(self, chips: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The chips, and before them a day that was chosen when others were offered."""
        if self.on and self.data not in dict(chips):
            return [(self.data, day_short(self.on)), *chips]
        return chips


def date_chips(today: date) -> list[tuple[str, str]]:
    """(ISO date, what it is called): tomorrow, the day after, a Friday, next Tuesday, a month; no day twice."""
    if packing.is_packing():
        return packing.date_chips()
    monday = today - timedelta(days=today.weekday())
    is_before_friday = today < monday + timedelta(days=4)
    named = (
        (today + timedelta(days=1), _("明天")),
        (today + timedelta(days=2), _("后天")),
        (monday + timedelta(days=4 if is_before_friday else 11), _("本周五") if is_before_friday else _("下周五")),
        (monday + timedelta(days=8), _("下周二")),
        (a_month_after(today), _("一个月后")),
    )
    chips: dict[str, str] = {}
    for day, name in named:
        chips.setdefault(day.isoformat(), name)
    return list(chips.items())


def as_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
