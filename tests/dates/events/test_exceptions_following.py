"""A series that moves as a whole takes its cancelled and moved dates along: none takes place again unasked."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dates import recurrence
from dates.events import exceptions_following
from dates.models import EventException
from tests.dates.recurrence.test_recurrence import Event, Rows, event, off
from tests.factories import berlin

TUESDAY = berlin(2031, 7, 1, 17)


def follow(before: Event, after: Event) -> exceptions_following.Followed:
    followed = exceptions_following.follow_in(draft=after, before=before)
    after.exceptions = Rows(after.exceptions)
    return followed


def moved_to(start: dt.datetime, before: Event, rule: str = "", **facts: Any) -> tuple[Event, Event]:
    """The series before and after it goes to another start, with rows of its own."""
    rows = [
        EventException(
            **{name: getattr(row, name) for name in ("original_date", "is_cancelled", "new_start", "new_end")}
        )
        for row in before.exceptions
    ]
    return before, event(start, rule or before.recurrence, *rows, **facts)


def days(of: Event) -> list[str]:
    return [str(row.original_date) for row in of.exceptions]


def test_a_cancelled_tuesday_is_a_cancelled_wednesday() -> None:
    before, after = moved_to(berlin(2031, 7, 2, 17), event(TUESDAY, "FREQ=WEEKLY", off(2031, 7, 15), off(2031, 8, 12)))
    followed = follow(before, after)
    assert days(after) == ["2031-07-16", "2031-08-13"]
    assert followed.dropped == []
    found = recurrence.occurrences(after, berlin(2031, 7, 1), berlin(2031, 9, 1))
    assert [each.start.day for each in found if each.is_cancelled] == [16, 13]


def test_the_start_may_go_some_weeks_ahead_as_well() -> None:
    before, after = moved_to(berlin(2031, 7, 9, 17), event(TUESDAY, "FREQ=WEEKLY", off(2031, 7, 1), off(2031, 7, 15)))
    assert follow(before, after).dropped == [dt.date(2031, 7, 1)]
    assert days(after) == ["2031-07-16"]


def test_a_series_of_every_second_week_may_go_to_the_other_weeks() -> None:
    rule = "FREQ=WEEKLY;INTERVAL=2"
    before, after = moved_to(berlin(2031, 7, 8, 17), event(TUESDAY, rule, off(2031, 7, 15)))
    follow(before, after)
    assert days(after) == ["2031-07-22"]


def test_of_several_weekdays_only_the_one_that_moves_takes_its_dates_along() -> None:
    before = event(TUESDAY, "FREQ=WEEKLY;BYDAY=TU,TH", off(2031, 7, 15), off(2031, 7, 17))
    before, after = moved_to(berlin(2031, 7, 2, 17), before, "FREQ=WEEKLY;BYDAY=WE,TH")
    follow(before, after)
    assert days(after) == ["2031-07-16", "2031-07-17"]


def test_the_second_tuesday_becomes_the_third_wednesday() -> None:
    before = event(berlin(2031, 7, 8, 17), "FREQ=MONTHLY;BYDAY=2TU", off(2031, 9, 9))
    before, after = moved_to(berlin(2031, 7, 16, 17), before, "FREQ=MONTHLY;BYDAY=3WE")
    follow(before, after)
    assert days(after) == ["2031-09-17"]


def test_a_sunday_goes_to_the_monday_after_it_and_not_to_that_of_its_own_week() -> None:
    sunday = berlin(2031, 7, 6, 17)
    before, after = moved_to(berlin(2031, 7, 7, 17), event(sunday, "FREQ=WEEKLY", off(2031, 7, 20)))
    follow(before, after)
    assert days(after) == ["2031-07-21"]


def test_a_series_of_every_second_month_may_go_to_the_other_months() -> None:
    before = event(berlin(2031, 7, 8, 17), "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU", off(2031, 9, 9))
    before, after = moved_to(berlin(2031, 8, 12, 17), before)
    follow(before, after)
    assert days(after) == ["2031-10-14"]


def test_a_date_that_was_moved_stays_at_its_new_time_and_says_so_only_while_that_is_news() -> None:
    to_wednesday = EventException(original_date=dt.date(2031, 7, 15), new_start=berlin(2031, 7, 16, 17))
    to_friday = EventException(original_date=dt.date(2031, 7, 22), new_start=berlin(2031, 7, 25, 17))
    before, after = moved_to(berlin(2031, 7, 2, 17), event(TUESDAY, "FREQ=WEEKLY", to_wednesday, to_friday))
    follow(before, after)
    assert [(str(row.original_date), row.new_start) for row in after.exceptions] == [
        ("2031-07-23", berlin(2031, 7, 25, 17))
    ]


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY", "FREQ=YEARLY", ""])
def test_where_nobody_can_know_which_date_it_is_the_day_is_named(rule: str) -> None:
    before, after = moved_to(TUESDAY, event(TUESDAY, "FREQ=WEEKLY", off(2031, 7, 15)))
    after.recurrence = rule
    followed = follow(before, after)
    assert (days(after), followed.dropped) == ([], [dt.date(2031, 7, 15)])
    assert len(followed.sentences) == 1


RULES = ["FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=3"]
WEEKS = st.sets(st.integers(0, 40), max_size=6)


def series(rule: str, start: dt.datetime, places: set[int]) -> Event:
    """A weekly event of which the dates with these numbers are cancelled."""
    found = recurrence.coming(event(start, rule), start, 41)
    days = [each.start.date() for number, each in enumerate(found) if number in places]
    return event(start, rule, *(off(day.year, day.month, day.day) for day in days))


def cancelled(of: Event) -> set[int]:
    found = recurrence.coming(of, of.start, 41)
    return {number for number, each in enumerate(found) if each.is_cancelled}


@given(st.sampled_from(RULES), WEEKS, st.integers(-6, 6))
def test_the_same_dates_are_cancelled_before_and_after(rule: str, places: set[int], later: int) -> None:
    monday = berlin(2031, 6, 30, 17)
    before, after = moved_to(monday + dt.timedelta(days=later), series(rule, monday, places))
    assert follow(before, after).dropped == []
    assert cancelled(after) == places
    # There and back again.
    _after, again = moved_to(monday, after)
    follow(after, again)
    assert days(again) == days(before)


@given(st.sampled_from([*RULES, "FREQ=DAILY", "FREQ=MONTHLY", "FREQ=YEARLY"]), WEEKS)
def test_what_does_not_move_stays_as_it_is(rule: str, places: set[int]) -> None:
    before, after = moved_to(TUESDAY, series(rule, TUESDAY, places))
    followed = follow(before, after)
    assert (followed.moved, followed.dropped, days(after)) == ({}, [], days(before))
