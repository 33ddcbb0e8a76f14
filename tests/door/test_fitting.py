"""Thirteen lines are one screen."""

from webapp.door.fitting import Room, columns

ROOM = Room(lines=13, columns=36)


def test_a_chinese_sign_is_as_wide_as_two_letters():
    assert (columns("样品6205"), columns("Tea")) == (8, 3)
    assert (ROOM.lines_of("字" * 18), ROOM.lines_of("字" * 18, taken=2), ROOM.lines_of("")) == (1, 2, 1)


def test_what_fits_stays():
    assert ROOM.give_way([2, 2, 2, 3, 3, 1], [2, 1, 2, 2, 2, 1]) == [2, 2, 2, 3, 3, 1]


def test_the_last_rows_give_way_first_and_none_goes_below_its_least():
    assert ROOM.give_way([2, 2, 2, 3, 3, 2], [2, 1, 2, 2, 2, 2]) == [2, 2, 2, 3, 2, 2]
    assert ROOM.give_way([2, 2, 2, 3, 3, 9], [2, 1, 2, 2, 2, 9]) == [2, 1, 2, 2, 2, 9]


def test_what_room_is_left_goes_to_the_first_of_the_long_ones():
    long, longer, short = "字" * 30, "词" * 40, "短"
    assert ROOM.roomy([(short, 0), (long, 0), (longer, 0)], taken=12) == {long}
    assert ROOM.roomy([(long, 0)], taken=13) == frozenset()
