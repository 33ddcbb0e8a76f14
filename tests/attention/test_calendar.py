"""When one greets: festivals by sun and moon, birthdays with leap months, short months and the 29 February."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from webapp.attention.calendar import festivals_between, festivals_on
from webapp.foundation.lunar import born_on, lunar_words, next_birthday


@pytest.mark.parametrize(
    ("spring", "lantern", "dragon_boat", "mid_autumn", "double_ninth"),
    [
        ("2026-02-17", "2026-03-03", "2026-06-19", "2026-09-25", "2026-10-18"),
        ("2027-02-06", "2027-02-20", "2027-06-09", "2027-09-15", "2027-10-08"),
        ("2028-01-26", "2028-02-09", "2028-05-28", "2028-10-03", "2028-10-26"),
        ("2029-02-13", "2029-02-27", "2029-06-16", "2029-09-22", "2029-10-16"),
        ("2030-02-03", "2030-02-17", "2030-06-05", "2030-09-12", "2030-10-05"),
    ],
    ids=lambda day: day[:4],
)
def test_a_year_has_each_festival_once_on_the_day_that_the_calendars_in_the_shops_print(
    spring, lantern, dragon_boat, mid_autumn, double_ninth
):
    year = int(spring[:4])
    kept = {code: str(day) for day, code in festivals_between(date(year, 1, 1), date(year, 12, 31))}
    assert kept == {
        "new_year": f"{year}-01-01",
        "spring": spring,
        "lantern": lantern,
        "dragon_boat": dragon_boat,
        "mid_autumn": mid_autumn,
        "double_ninth": double_ninth,
        "national": f"{year}-10-01",
    }


def test_two_festivals_may_fall_on_one_day():
    assert festivals_on(date(2031, 10, 1)) == ["national", "mid_autumn"]


@pytest.mark.parametrize(
    ("born", "since", "kept_on"),
    [
        ((8, 15, True), date(2026, 1, 1), date(2026, 9, 25)),
        ((12, 30, True), date(2026, 12, 1), date(2027, 2, 5)),  # the twelfth month has 29 days: kept on its last
        ((12, 30, True), date(2028, 12, 1), date(2029, 2, 12)),  # and here it has thirty
        ((5, 1, True), date(2028, 1, 1), date(2028, 5, 24)),  # the fifth month comes twice: kept in the first
        ((6, 10, True), date(2025, 6, 1), date(2025, 7, 4)),  # so does the sixth of 2025
        ((-6, 10, True), date(2025, 6, 1), date(2025, 8, 3)),  # who was born in a leap one keeps it there
        ((-6, 10, True), date(2025, 8, 4), date(2026, 7, 23)),  # and without one in the month of that name
        ((-5, 30, True), date(2028, 6, 1), date(2028, 7, 21)),  # the leap month has 29 days
        ((2, 29, False), date(2027, 1, 1), date(2027, 2, 28)),
        ((2, 29, False), date(2028, 1, 1), date(2028, 2, 29)),
        ((12, 8, True), date(2026, 1, 1), date(2026, 1, 26)),  # of the lunar year that began in 2025
    ],
)
def test_a_birthday_is_kept_on(born, since, kept_on):
    assert next_birthday(*born, since=since) == kept_on
    assert born in born_on(kept_on)


@pytest.mark.slow
def test_from_either_side_one_finds_the_same_day():
    """Whose birthday a day is, and which day a birthday is: two years, all days, all birthdays that there may be."""
    start, kept = date(2027, 12, 1), {}
    for n in range(740):  # over the leap day of 2028 and its second fifth month
        day = start + timedelta(days=n)
        for born in born_on(day):
            kept.setdefault(born, []).append(day)
    for born, days in kept.items():
        assert next_birthday(*born, since=start) == days[0], born
        for before, after in pairwise(days):
            assert next_birthday(*born, since=before + timedelta(days=1)) == after, born
    assert sum(is_lunar for *_day, is_lunar in kept) == 2 * 12 * 30  # plain months and leap ones
    assert sum(not is_lunar for *_day, is_lunar in kept) == 366


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "腊月廿七"), ("zh-TW", "臘月廿七")])
def test_the_twelfth_month_is_written_as_each_script_writes_it(app, language, said):
    with app.test_request_context(headers={"Accept-Language": language}):
        assert lunar_words(date(2027, 2, 3)) == said
