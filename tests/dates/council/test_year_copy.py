"""The same weekday in the same week of another year."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dates.council.year_copy import same_day_in


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        (dt.date(2025, 1, 28), 2026, dt.date(2026, 1, 27)),
        (dt.date(2026, 12, 31), 2027, dt.date(2027, 12, 30)),  # week 53, which 2027 has not
        (dt.date(2025, 1, 1), 2026, dt.date(2026, 1, 7)),  # Wednesday of week 1 would be in 2025
        (dt.date(2024, 12, 31), 2025, dt.date(2025, 1, 7)),  # belongs to week 1
    ],
)
def test_examples(day: dt.date, year: int, expected: dt.date) -> None:
    assert same_day_in(year, day) == expected


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31)), st.integers(1950, 2150))
def test_the_day_lies_in_the_year_and_on_the_weekday(day: dt.date, year: int) -> None:
    found = same_day_in(year, day)
    assert (found.year, found.weekday()) == (year, day.weekday())
