"""The lunar calendar, by lunar-python: birthdays, and the date under the date."""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter

from lunar_python import Lunar, LunarYear, Solar

from webapp.foundation.i18n import tag


@lru_cache(maxsize=4096)
def moon_of(day: date) -> tuple[int, int]:
    """(month, day) of the lunar calendar; a leap month is the negative of its month."""
    months = _months(day.year) if _months(day.year)[0][0] <= day else _months(day.year - 1)
    first, month = months[bisect_right(months, day, key=itemgetter(0)) - 1]
    return month, (day - first).days + 1


@lru_cache(maxsize=256)
def _months(year: int) -> list[tuple[date, int]]:
    """The first day and the number of each month of this lunar year. The library remembers one year and reckons anew,
    for milliseconds, whenever it is asked for another."""
    months = [month for month in LunarYear.fromYear(year).getMonths() if month.getYear() == year]
    starts = [Solar.fromJulianDay(month.getFirstJulianDay()) for month in months]
    days = [date(start.getYear(), start.getMonth(), start.getDay()) for start in starts]
    return [(day, month.getMonth()) for day, month in zip(days, months, strict=True)]


def lunar_of(day: date) -> tuple[int, int]:
    """The same; a leap month counts as its month."""
    month, date_ = moon_of(day)
    return abs(month), date_


def lunar_words(day: date) -> str:
    """The lunar date as it is written: 十月十六; 腊月 is 臘月 in Traditional."""
    return _written(day).translate(TRADITIONAL) if tag() == "zh-Hant" else _written(day)


TRADITIONAL = str.maketrans("腊闰", "臘閏")


@lru_cache(maxsize=512)
def _written(day: date) -> str:
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


@lru_cache(maxsize=1024)
def born_on(day: date) -> frozenset[tuple[int, int, bool]]:
    """(month, day, is_lunar) of all birthdays that are kept on this day: what `next_birthday` says, the other way round."""
    kept = {(day.month, day.day, False)}
    if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
        kept.add((2, 29, False))
    month, date_ = moon_of(day)
    if month > 0:  # in a leap month nobody has his birthday: it is kept in the month of that name before it
        kept.add((month, date_, True))
        if date_ == 29 and moon_of(day + timedelta(days=1))[1] == 1:
            kept.add((month, 30, True))
    return frozenset(kept)


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
