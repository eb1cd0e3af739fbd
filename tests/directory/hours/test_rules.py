"""Hours that cannot be meant together."""

import datetime as dt

import pytest

from directory.hours.rules import clash, special_clash
from directory.hours.timetable import Span, SpecialDays

Week = list[tuple[int, Span]]


def at(weekday: int, opens: int, closes: int) -> tuple[int, Span]:
    return weekday, Span(dt.time(opens), dt.time(closes))


@pytest.mark.parametrize(
    ("week", "weekday"),
    [
        ([at(1, 9, 12), at(1, 14, 17)], None),
        ([at(1, 9, 12), at(1, 12, 17)], None),
        ([at(1, 9, 12), at(1, 11, 17)], 1),
        ([at(1, 9, 12), at(1, 9, 12)], 1),
        ([at(1, 20, 2), at(2, 2, 5)], None),
        ([at(1, 20, 2), at(2, 1, 5)], 2),
        ([at(7, 20, 2), at(1, 1, 5)], 1),
        ([at(7, 20, 2), at(1, 2, 5)], None),
        ([at(1, 0, 0), at(1, 9, 12)], 1),
        ([at(day, 0, 0) for day in range(1, 8)], None),
        ([], None),
    ],
)
def test_hours_of_the_week_that_overlap_are_found(week: Week, weekday: int | None) -> None:
    assert clash(week) == weekday


def days(first: int, last: int, span: Span | None = None) -> SpecialDays:
    return SpecialDays(dt.date(2026, 12, first), dt.date(2026, 12, last), span)


MORNING, NOON, LATER = (Span(dt.time(a), dt.time(b)) for a, b in ((9, 12), (11, 13), (14, 17)))


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([days(1, 5), days(6, 7)], None),
        ([days(1, 5), days(5, 7)], 1),
        ([days(1, 1, MORNING), days(1, 1, LATER)], None),
        ([days(1, 1, MORNING), days(2, 2, NOON), days(1, 3, NOON)], 2),
        ([days(1, 9), days(4, 4, MORNING)], 1),
    ],
)
def test_special_days_that_say_two_things_are_found(rows: list[SpecialDays], number: int | None) -> None:
    assert special_clash(rows) == number
