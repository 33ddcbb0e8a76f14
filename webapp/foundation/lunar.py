"""The lunar calendar, by lunar-python: birthdays, and the date under the date."""

from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, Solar


def lunar_of(day: date) -> tuple[int, int]:
    """(month, day) of the lunar calendar; a leap month counts as its month."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return abs(lunar.getMonth()), lunar.getDay()


@lru_cache(maxsize=512)
def lunar_words(day: date) -> str:
    """The lunar date as it is written: 十月十六."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


def next_birthday(month: int, day: int, is_lunar: bool, since: date) -> date:
    """The first day on or after `since` on which this birthday is kept; the 29 February is kept on the 28th when there
    is none, the 30th of a short lunar month on its last day."""
    for year in (since.year - 1, since.year, since.year + 1, since.year + 2):
        found = _in_lunar_year(year, month, day) if is_lunar else _in_year(year, month, day)
        if found >= since:
            return found
    raise ValueError(f"no birthday {month}-{day} within two years of {since}")


def _in_year(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=4096)  # lunar-python reckons sun and moon anew for every other year it is asked about
def _in_lunar_year(year: int, month: int, day: int) -> date:
    try:
        solar = Lunar.fromYmd(year, month, day).getSolar()
    except Exception:  # lunar-python raises a bare Exception for the 30th of a month that has 29 days
        solar = Lunar.fromYmd(year, month, day - 1).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
