"""What looks odd about a session."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import translation

from cms.localization import public_holidays
from dates.council import session_warnings
from dates.council.session_warnings import Dated
from tests import factories

TODAY = dt.date(2026, 1, 1)
TUESDAYS = [Dated(number, factories.berlin(2026, month, day, 16)) for number, month, day in [(1, 2, 3), (2, 3, 17)]]
GOOD = Dated(3, factories.berlin(2026, 5, 19, 16))


@pytest.fixture(autouse=True)
def in_english(fresh_start: None) -> Iterator[None]:
    """The sentences are compared as they stand in the code."""
    with translation.override("en"):
        yield


def about(number: int, *start: int, others: list[Dated] = TUESDAYS, is_new: bool = False) -> list[str]:
    one = Dated(number, factories.berlin(*start))
    return session_warnings.about(one, others, today=TODAY, is_new=is_new)


def test_nothing_is_odd_about_a_good_date() -> None:
    assert session_warnings.about(GOOD, TUESDAYS, today=TODAY, is_new=True) == []


@pytest.mark.parametrize(
    ("number", "start", "words"),
    [
        (3, (2026, 2, 24, 16), "meeting 2 is on 17 March 2026"),
        (4, (2026, 5, 19, 16), "Meeting 3 of this year is missing"),
        (3, (2026, 5, 20, 16), "Wednesday"),
        (3, (2026, 6, 4, 16), "Fronleichnam"),
        (3, (2026, 3, 17, 18), "Meeting 2 of the same body is on the same day, at 16:00"),
        (3, (2026, 5, 19, 4), "would begin at 04:00"),
        (3, (2026, 5, 19, 22), "would begin at 22:00"),
        (3, (2029, 5, 15, 16), "more than two years away"),
    ],
)
def test_what_is_odd_is_said_in_words(number: int, start: tuple[int, ...], words: str) -> None:
    said = about(number, *start)
    assert any(words in sentence for sentence in said)


def test_the_first_number_after_the_others_does_not_fit() -> None:
    assert any("order" in sentence for sentence in about(1, 2026, 12, 1, 16, others=TUESDAYS[1:]))


def test_one_other_weekday_is_no_habit_yet() -> None:
    assert about(2, 2026, 5, 20, 16, others=TUESDAYS[:1]) == []


def test_a_weekend_is_odd_even_without_others() -> None:
    [sentence] = about(1, 2026, 5, 23, 16, others=[])
    assert "Saturday" in sentence


@pytest.mark.parametrize(("is_new", "count"), [(True, 1), (False, 0)])
def test_a_past_date_is_odd_only_for_a_new_session(is_new: bool, count: int) -> None:
    assert len(about(1, 2025, 2, 4, 16, others=[], is_new=is_new)) == count


def test_a_session_that_was_called_off_keeps_its_number_but_not_its_day() -> None:
    off = Dated(2, factories.berlin(2026, 5, 19, 16), takes_place=False)
    assert about(3, 2026, 5, 19, 16, others=[TUESDAYS[0], off]) == []


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2026, 6, 4), "Fronleichnam"),
        (dt.date(2026, 11, 1), "Allerheiligen"),
        (dt.date(2026, 10, 31), ""),  # Reformation Day: not in North Rhine-Westphalia
        (dt.date(2026, 1, 6), ""),
    ],
)
def test_holidays_are_those_of_north_rhine_westphalia(day: dt.date, name: str) -> None:
    assert public_holidays.name_of(day) == name
