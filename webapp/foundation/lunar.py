"""The lunar calendar, by lunar-python: birthdays, and the date under the date."""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from lunar_python import LunarYear, Solar

from webapp.foundation.i18n import tag


@lru_cache(maxsize=4096)
def moon_of(day: date) -> tuple[int, int]:
    """(month, day) of the lunar calendar; a leap month is the negative of its month."""
    months = _months_around(day)
    month = months[bisect_right(months, day, key=attrgetter("first")) - 1]
    return month.number, (day - month.first).days + 1


class Month(NamedTuple):
    """A month of the lunar calendar; the number of a leap month is the negative of that of the month before it."""

    first: date
    number: int
    days: int


def _months_around(day: date) -> list[Month]:
    """The months of the lunar year in which this day lies."""
    return _months(day.year) if _months(day.year)[0].first <= day else _months(day.year - 1)


@lru_cache(maxsize=256)
def _months(year: int) -> list[Month]:
    """The months of this lunar year in their order. The library remembers one year and reckons anew, for milliseconds,
    whenever it is asked for another."""
    months = [month for month in LunarYear.fromYear(year).getMonths() if month.getYear() == year]
    return [Month(_day(month.getFirstJulianDay()), month.getMonth(), month.getDayCount()) for month in months]


def _day(julian: float) -> date:
    solar = Solar.fromJulianDay(julian)
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


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
    is none, the 30th of a short lunar month on its last day, one of a leap month (the negative of its month) in the
    month of that name when the year has no such leap month."""
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
    is_last = date_ == 29 and moon_of(day + timedelta(days=1))[1] == 1
    for of in _kept_in(month, day):
        kept |= {(of, date_, True), (of, 30, True)} if is_last else {(of, date_, True)}
    return frozenset(kept)


def _kept_in(month: int, day: date) -> tuple[int, ...]:
    """In which months one was born who keeps his birthday in this one: where no leap month follows, also in the leap one.
    Who was born in a plain month never keeps it in a leap month: it is kept in the month of that name before it."""
    followed = any(one.number == -month for one in _months_around(day))
    return (month,) if month < 0 or followed else (month, -month)


def _in_year(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month + 1, 1) - timedelta(days=1)


def _in_lunar_year(year: int, month: int, day: int) -> date:
    by_number = {one.number: one for one in _months(year)}
    found = by_number.get(month) or by_number[abs(month)]
    return found.first + timedelta(days=min(day, found.days) - 1)
