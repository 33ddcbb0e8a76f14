"""When to come again: the chips that a rep taps, and what they mean."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from wtforms.validators import StopValidation

from webapp.foundation import packing
from webapp.foundation.forms import Choice
from webapp.foundation.i18n import _, _l
from webapp.foundation.words import day_short
from webapp.visits.models.told import NextStep

PICK, NONE = "pick", "none"


class DateChoice(Choice):
    """A day from the chips, 'pick' or 'none'. The chips of a form that was opened yesterday are still good."""

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in (PICK, NONE) and self.on is None:
            raise StopValidation(_("没有这个选项，重新选一个。"))

    @property
    def on(self) -> date | None:
        return as_day(self.data)

    def offer(self, chips: list[tuple[str, str]]) -> None:
        """Offer these; a day that was chosen from older chips stands among them."""
        if self.on and self.data not in {value for value, _label in chips}:
            chips = [(self.data, day_short(self.on)), *chips]
        self.choices = chips


def date_chips(today: date) -> list[tuple[str, str]]:
    """(ISO date, what it is called): tomorrow, the day after, a Friday, next Tuesday, a month; no day twice."""
    if packing.is_packing():
        return packing.date_chips()
    monday = today - timedelta(days=today.weekday())
    named = (
        (today + timedelta(days=1), _("明天")),
        (today + timedelta(days=2), _("后天")),
        (monday + timedelta(days=4), _("本周五")),
        (monday + timedelta(days=8), _("下周二")),
        (monday + timedelta(days=11), _("下周五")),
        (a_month_after(today), _("一个月后")),
    )
    chips: dict[str, str] = {}
    for day, name in named:
        is_second_friday = day == monday + timedelta(days=11) and today < monday + timedelta(days=4)
        if day > today and not is_second_friday:
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


def understand(choice: DateChoice, picked: date | None, text: str, short: bool) -> NextStep:
    """What was said about the next step; `short`: nobody could type, so a date alone means another visit."""
    if choice.data == NONE:
        return NextStep(text, None, is_said=True)
    on = picked if choice.data in (None, PICK) else choice.on
    if short and on and not text:
        text = _("再去拜访")
    return NextStep(text, on, is_said=bool(on or text))


PICK_CHIP = (PICK, _l("选日子"))
NONE_CHIP = (NONE, _l("先不约"))
