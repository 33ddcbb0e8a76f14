"""How figures, sums and days are written in each language: the filters of every template."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from flask_babel import format_decimal

from webapp.foundation import clock
from webapp.foundation.i18n import _, get_locale

DAY = {"zh_Hans": "M月d日 EEE", "zh_Hant": "M月d日 EEE", "en": "EEE d MMM"}
SHORT_DAY = {"zh_Hans": "M月d日", "zh_Hant": "M月d日", "en": "d MMM"}
LONG_DAY = {"zh_Hans": "y年M月d日", "zh_Hant": "y年M月d日", "en": "d MMM y"}


def money(cents: int | None) -> str:
    """12345600 (cents) → ¥123,456; 1250 → ¥12.50; None → an empty string."""
    if cents is None:
        return ""
    pattern = "#,##0.00" if cents % 100 else "#,##0"
    return ("-" if cents < 0 else "") + "¥" + format_decimal(Decimal(abs(cents)) / 100, format=pattern)


def number(value: float | None) -> str:
    return "" if value is None else format_decimal(value)


def day(value: date) -> str:
    """A date with its weekday, and its year if that is not this one."""
    return _dated(value, DAY)


def day_short(value: date) -> str:
    return _dated(value, SHORT_DAY)


def _dated(value: date, patterns: dict[str, str]) -> str:
    if isinstance(value, datetime):
        value = clock.local(value).date()
    same_year, language = value.year == clock.today().year, str(get_locale())
    return _written(value, (patterns if same_year else LONG_DAY)[language], language)


@lru_cache(maxsize=2000)
def _written(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, language)


def clock_time(value: datetime) -> str:
    """The time of day in the reader's zone: 10:30."""
    return clock.local(value).strftime("%H:%M")


def moment(value: datetime) -> str:
    return f"{day_short(value)} {clock_time(value)}"


def km(metres: float | None) -> str:
    """A distance in metres as a person says it."""
    if metres is None:
        return ""
    if metres < 950:
        return _("%(n)s米", n=format_decimal(max(10, round(metres / 10) * 10)))
    digits = 1 if metres < 9950 else 0
    return _("%(n)s公里", n=format_decimal(round(metres / 1000, digits)))


FILTERS = {
    "money": money,
    "number": number,
    "day": day,
    "day_short": day_short,
    "clock": clock_time,
    "moment": moment,
    "km": km,
}
