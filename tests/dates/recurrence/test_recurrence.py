"""When recurring events take place: by the clock on the wall, across changes of clocks, with days that differ."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from dates import recurrence
from dates.models import EventAddition, EventBreak, EventException
from dates.recurrence.rule import settled
from tests.dates.recurrence import sayable
from tests.factories import BERLIN, berlin


class Rows(list[Any]):
    def all(self) -> list[Any]:
        return self


@dataclass
class DaysOff:
    """Holidays as a test wants them."""

    public: tuple[dt.date, ...] = ()
    schools: tuple[dt.date, dt.date] = (dt.date.max, dt.date.max)

    def is_public(self, day: dt.date) -> bool:
        return day in self.public

    def is_of_schools(self, day: dt.date) -> bool:
        return self.schools[0] <= day <= self.schools[1]


@dataclass
class Event:
    """What the rules ask of an event, without a database."""

    start: dt.datetime
    recurrence: str = "FREQ=WEEKLY"
    exceptions: Rows = field(default_factory=Rows)
    end: dt.datetime | None = None
    all_day: bool = False
    is_cancelled: bool = False
    moved_from: dt.datetime | None = None
    recurrence_until: dt.date | None = None
    skips_public_holidays: bool = False
    skips_school_holidays: bool = False
    breaks: Rows = field(default_factory=Rows)
    additions: Rows = field(default_factory=Rows)
    days_off: DaysOff = field(default_factory=DaysOff)


def event(start: dt.datetime, rule: str = "FREQ=WEEKLY", *exceptions: EventException, **facts: Any) -> Event:
    return Event(start, rule, Rows(exceptions), **facts)


def off(*day: int) -> EventException:
    return EventException(original_date=dt.date(*day), is_cancelled=True)


def moved(day: dt.date, start: dt.datetime, end: dt.datetime | None = None) -> EventException:
    return EventException(original_date=day, new_start=start, new_end=end)


def starts(event: Event, since: dt.datetime, until: dt.datetime) -> list[str]:
    found = recurrence.occurrences(event, since, until)
    return [f"{occurrence.start.astimezone(BERLIN):%Y-%m-%d %H:%M%z}" for occurrence in found]


# Rules


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (berlin(2026, 3, 22, 17), ["2026-03-22 17:00+0100", "2026-03-29 17:00+0200", "2026-04-05 17:00+0200"]),
        (berlin(2026, 10, 18, 17), ["2026-10-18 17:00+0200", "2026-10-25 17:00+0100", "2026-11-01 17:00+0100"]),
        (berlin(2027, 3, 21, 17), ["2027-03-21 17:00+0100", "2027-03-28 17:00+0200", "2027-04-04 17:00+0200"]),
        (berlin(2027, 10, 24, 17), ["2027-10-24 17:00+0200", "2027-10-31 17:00+0100", "2027-11-07 17:00+0100"]),
    ],
)
def test_five_oclock_is_five_oclock_in_summer_and_winter(start: dt.datetime, expected: list[str]) -> None:
    assert starts(event(start), start, start + dt.timedelta(days=15)) == expected


def test_a_time_that_a_change_of_clocks_skips_is_an_hour_later() -> None:
    start = berlin(2026, 3, 22, 2, 30)
    assert starts(event(start), start, berlin(2026, 4, 1))[1] == "2026-03-29 03:30+0200"


def test_a_night_is_as_long_on_the_wall_when_clocks_change() -> None:
    start = berlin(2026, 10, 17, 22)
    night = event(start, end=berlin(2026, 10, 18, 6))
    [_first, second] = recurrence.occurrences(night, start, berlin(2026, 10, 26))
    assert second.end == berlin(2026, 10, 25, 6)


def test_the_second_tuesday_of_every_month() -> None:
    start = berlin(2026, 1, 13, 19)
    days = [text[:10] for text in starts(event(start, "FREQ=MONTHLY;BYDAY=2TU"), start, berlin(2026, 5, 1))]
    assert days == ["2026-01-13", "2026-02-10", "2026-03-10", "2026-04-14"]


def test_a_fifth_weekday_means_the_last_of_each_month() -> None:
    start = berlin(2026, 3, 31, 19)
    days = [text[:10] for text in starts(event(start, "FREQ=MONTHLY;BYDAY=-1TU"), start, berlin(2026, 7, 1))]
    assert days == ["2026-03-31", "2026-04-28", "2026-05-26", "2026-06-30"]


def test_the_29_of_february_is_the_last_of_february_in_other_years() -> None:
    start = berlin(2024, 2, 29, 10)
    rule = str(settled(recurrence.parse("FREQ=YEARLY"), start.date()))
    days = [text[:10] for text in starts(event(start, rule), start, berlin(2029, 1, 1))]
    assert days == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_a_yearly_event_keeps_its_day() -> None:
    start = berlin(2026, 6, 20, 10)
    assert [text[:10] for text in starts(event(start, "FREQ=YEARLY"), start, berlin(2029, 1, 1))] == [
        "2026-06-20",
        "2027-06-20",
        "2028-06-20",
    ]


def test_the_last_day_is_included() -> None:
    start = berlin(2026, 5, 4, 23, 30)
    found = starts(event(start, recurrence_until=dt.date(2026, 5, 18)), start, berlin(2027, 1, 1))
    assert [text[:10] for text in found] == ["2026-05-04", "2026-05-11", "2026-05-18"]


def test_what_goes_on_is_still_listed() -> None:
    camp = event(berlin(2026, 7, 6, 9), end=berlin(2026, 7, 10, 16))
    assert starts(camp, berlin(2026, 7, 9), berlin(2026, 7, 12))[0].startswith("2026-07-06")


def test_a_single_event_takes_place_once() -> None:
    single = event(berlin(2026, 7, 6, 9), "")
    assert len(recurrence.occurrences(single, berlin(2020, 1, 1), berlin(2030, 1, 1))) == 1
    assert recurrence.occurrences(single, berlin(2026, 7, 6, 10), berlin(2030, 1, 1)) == []


def test_a_list_has_an_end() -> None:
    found = recurrence.occurrences(event(berlin(2000, 1, 1)), berlin(2000, 1, 1), berlin(2090, 1, 1))
    assert len(found) == recurrence.MOST_OCCURRENCES


# Days that differ

MONDAY = berlin(2026, 5, 4, 17)


def test_a_cancelled_day_is_listed_as_cancelled() -> None:
    found = recurrence.occurrences(event(MONDAY, "FREQ=WEEKLY", off(2026, 5, 11)), MONDAY, berlin(2026, 5, 20))
    assert [occurrence.is_cancelled for occurrence in found] == [False, True, False]


def test_a_moved_day_stands_where_it_was_moved_to_and_says_from_where() -> None:
    new = moved(dt.date(2026, 5, 11), berlin(2026, 5, 13, 18))
    weekly = event(MONDAY, "FREQ=WEEKLY", new, end=berlin(2026, 5, 4, 19))
    found = recurrence.occurrences(weekly, MONDAY, berlin(2026, 5, 20))
    assert [occurrence.start for occurrence in found] == [MONDAY, berlin(2026, 5, 13, 18), berlin(2026, 5, 18, 17)]
    assert (found[1].end, found[1].moved_from) == (berlin(2026, 5, 13, 20), berlin(2026, 5, 11, 17))
    assert found[1].original_start == berlin(2026, 5, 11, 17)


def test_a_day_moved_out_of_the_window_is_not_in_it_and_one_moved_in_is() -> None:
    new = moved(dt.date(2026, 5, 11), berlin(2026, 9, 1, 18))
    weekly = event(MONDAY, "FREQ=WEEKLY", new, recurrence_until=dt.date(2026, 5, 31))
    assert len(recurrence.occurrences(weekly, MONDAY, berlin(2026, 6, 1))) == 3
    assert starts(weekly, berlin(2026, 8, 1), berlin(2026, 10, 1)) == ["2026-09-01 18:00+0200"]
    last = recurrence.last_occurrence(weekly)
    assert last is not None
    assert last.start == berlin(2026, 9, 1, 18)


def test_an_exception_for_a_day_without_occurrence_changes_nothing() -> None:
    weekly = event(MONDAY, "FREQ=WEEKLY", off(2026, 5, 12), moved(dt.date(2026, 5, 14), berlin(2026, 5, 15)))
    assert len(recurrence.occurrences(weekly, MONDAY, berlin(2026, 5, 20))) == 3
    assert not any(occurrence.is_cancelled for occurrence in recurrence.occurrences(weekly, MONDAY, berlin(2027, 1, 1)))


def test_a_cancelled_event_is_cancelled_on_all_days() -> None:
    found = recurrence.occurrences(event(MONDAY, is_cancelled=True), MONDAY, berlin(2026, 6, 1))
    assert all(occurrence.is_cancelled for occurrence in found)


def test_the_next_occurrence_may_be_a_moved_one() -> None:
    weekly = event(MONDAY, "FREQ=WEEKLY", moved(dt.date(2026, 5, 25), berlin(2026, 5, 9, 10)))
    found = recurrence.next_occurrence(weekly, berlin(2026, 5, 5))
    assert found is not None
    assert found.start == berlin(2026, 5, 9, 10)


def test_a_series_that_is_over_has_no_next_occurrence() -> None:
    assert recurrence.next_occurrence(event(MONDAY, recurrence_until=dt.date(2026, 5, 31)), berlin(2026, 6, 1)) is None


def test_an_event_without_last_day_has_no_last_occurrence() -> None:
    assert recurrence.last_occurrence(event(MONDAY)) is None


# Days that are left out


def test_ranges_and_holidays_are_left_out() -> None:
    ranges = Rows([EventBreak(first_day=dt.date(2026, 5, 10), last_day=dt.date(2026, 5, 11))])
    days_off = DaysOff(public=(dt.date(2026, 5, 25),), schools=(dt.date(2026, 6, 1), dt.date(2026, 6, 8)))
    weekly = event(MONDAY, "FREQ=WEEKLY", breaks=ranges, days_off=days_off, skips_public_holidays=True)
    days = [text[5:10] for text in starts(weekly, MONDAY, berlin(2026, 6, 9))]
    assert days == ["05-04", "05-18", "06-01", "06-08"]
    weekly.skips_school_holidays = True
    assert [text[5:10] for text in starts(weekly, MONDAY, berlin(2026, 6, 9))] == ["05-04", "05-18"]
    left_out = [start.date() for start in recurrence.starts_left_out(weekly, dt.date(2026, 6, 9))]
    assert [f"{day:%m-%d}" for day in left_out] == ["05-11", "05-25", "06-01", "06-08"]


def test_what_a_person_said_about_a_day_counts_more_than_a_holiday() -> None:
    days_off = DaysOff(public=(dt.date(2026, 5, 11), dt.date(2026, 5, 18)))
    new = moved(dt.date(2026, 5, 11), berlin(2026, 5, 12, 17))
    weekly = event(MONDAY, "FREQ=WEEKLY", new, off(2026, 5, 18), days_off=days_off, skips_public_holidays=True)
    found = recurrence.occurrences(weekly, MONDAY, berlin(2026, 5, 24))
    assert [(each.start.day, each.is_cancelled) for each in found] == [(4, False), (12, False), (18, True)]


def test_a_course_of_ten_dates_makes_up_for_what_is_left_out() -> None:
    ranges = Rows([EventBreak(first_day=dt.date(2026, 5, 11), last_day=dt.date(2026, 5, 24))])
    course = event(MONDAY, "FREQ=WEEKLY;COUNT=3", breaks=ranges)
    assert [text[5:10] for text in starts(course, MONDAY, berlin(2027, 1, 1))] == ["05-04", "05-25", "06-01"]
    last = recurrence.last_occurrence(course)
    assert last is not None
    assert last.start == berlin(2026, 6, 1, 17)
    assert recurrence.rrule(course) == "FREQ=WEEKLY;UNTIL=20260601T215959Z"


def test_a_rule_of_which_everything_is_left_out_ends_the_search() -> None:
    ranges = Rows([EventBreak(first_day=dt.date(2026, 1, 1), last_day=dt.date(2099, 12, 31))])
    daily = event(MONDAY, "FREQ=DAILY", breaks=ranges)
    assert recurrence.next_occurrence(daily, MONDAY) is None
    assert recurrence.last_occurrence(event(MONDAY, "FREQ=DAILY;COUNT=3", breaks=ranges)) is not None


def test_added_dates_stand_among_the_others() -> None:
    more = Rows(
        [EventAddition(start=berlin(2026, 5, 6, 10)), EventAddition(start=berlin(2026, 5, 7), is_cancelled=True)]
    )
    weekly = event(MONDAY, additions=more, end=berlin(2026, 5, 4, 19))
    found = recurrence.occurrences(weekly, MONDAY, berlin(2026, 5, 12))
    assert [(each.start.day, each.is_added, each.is_cancelled) for each in found] == [
        (4, False, False),
        (6, True, False),
        (7, True, True),
        (11, False, False),
    ]
    assert found[1].end == berlin(2026, 5, 6, 12)


def test_dates_without_any_rule_can_be_listed_one_by_one() -> None:
    more = Rows([EventAddition(start=berlin(2026, 5, 6, 10)), EventAddition(start=berlin(2026, 9, 7, 10))])
    irregular = event(MONDAY, "", additions=more)
    assert [each.start.day for each in recurrence.coming(irregular, MONDAY, 9)] == [4, 6, 7]
    last = recurrence.last_occurrence(irregular)
    assert last is not None
    assert last.start == berlin(2026, 9, 7, 10)


# Rules in words of RFC 5545


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("BYDAY=TH,TU;FREQ=WEEKLY;WKST=SU", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("freq=monthly;byday=3tu,1tu", "FREQ=MONTHLY;BYDAY=1TU,3TU"),
    ],
)
def test_a_rule_is_written_in_one_way(foreign: str, ours: str) -> None:
    assert str(recurrence.parse(foreign)) == ours


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "weekly",
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=1MO,2TU",
        "FREQ=MONTHLY;BYMONTHDAY=0;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTHDAY=3",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "FREQ=WEEKLY;BYHOUR=9",
        "FREQ=WEEKLY;UNTIL=20270101",
        "FREQ=WEEKLY;FREQ=DAILY",
    ],
)
def test_what_events_cannot_say_is_no_rule(rule: str) -> None:
    with pytest.raises(recurrence.NotSayable):
        recurrence.parse(rule)
    assert recurrence.read(rule) is None


@pytest.mark.parametrize(
    ("rule", "before", "after", "carried"),
    [
        ("FREQ=WEEKLY", (2026, 5, 5), (2026, 5, 6), "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", (2026, 5, 5), (2026, 5, 6), "FREQ=WEEKLY;BYDAY=WE,TH"),
        ("FREQ=MONTHLY;BYDAY=2TU", (2026, 5, 12), (2026, 5, 20), "FREQ=MONTHLY;BYDAY=3WE"),
        ("FREQ=MONTHLY;BYDAY=2TU", (2026, 5, 12), (2026, 5, 29), "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYDAY=-1TU", (2026, 5, 26), (2026, 6, 24), "FREQ=MONTHLY;BYDAY=-1WE"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", (2026, 5, 5), (2026, 5, 19), "FREQ=MONTHLY;BYDAY=1TU,3TU"),
    ],
)
def test_a_rule_goes_along_with_its_start(
    rule: str, before: tuple[int, int, int], after: tuple[int, int, int], carried: str
) -> None:
    assert recurrence.carried(rule, dt.date(*before), dt.date(*after)) == carried


# For calendars


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"rule": ""}, None),
        ({"rule": "FREQ=WEEKLY"}, "FREQ=WEEKLY"),
        ({"rule": "FREQ=DAILY;INTERVAL=3;COUNT=9"}, "FREQ=DAILY;INTERVAL=3;COUNT=9"),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO,TH"}, "FREQ=WEEKLY;BYDAY=MO,TH"),
        ({"rule": "FREQ=MONTHLY;BYDAY=1MO,-1MO"}, "FREQ=MONTHLY;BYDAY=1MO,-1MO"),
        ({"rule": "FREQ=YEARLY"}, "FREQ=YEARLY"),
        ({"recurrence_until": dt.date(2026, 12, 31)}, "FREQ=WEEKLY;UNTIL=20261231T225959Z"),
        ({"recurrence_until": dt.date(2026, 7, 31)}, "FREQ=WEEKLY;UNTIL=20260731T215959Z"),
        ({"recurrence_until": dt.date(2026, 7, 31), "all_day": True}, "FREQ=WEEKLY;UNTIL=20260731"),
    ],
)
def test_the_rule_is_written_as_in_rfc_5545(facts: dict[str, Any], value: str | None) -> None:
    assert recurrence.rrule(event(MONDAY, **facts)) == value


@given(sayable.rules())
def test_what_is_written_is_read_as_the_same_rule(said: tuple[dt.datetime, str]) -> None:
    start, text = said
    assert str(recurrence.parse(text)) == text
    assert recurrence.gives(text, start.date())


@given(sayable.rules(), st.integers(0, 900))
def test_an_independent_reader_of_the_rule_finds_the_same_days(said: tuple[dt.datetime, str], days: int) -> None:
    moment, rule = said
    until = moment.date() + dt.timedelta(days=days)
    recurring = event(moment.replace(tzinfo=BERLIN), rule, recurrence_until=until)
    found = recurrence.occurrences(recurring, berlin(2023, 1, 1), berlin(2032, 1, 1))
    text = recurrence.rrule(recurring)
    assert text is not None
    by_day = text.partition(";UNTIL=")[0] + f";UNTIL={until:%Y%m%d}T235959"
    read = list(rrulestr(by_day, dtstart=moment))[: recurrence.MOST_OCCURRENCES]
    assert [occurrence.start.date() for occurrence in found] == [start.date() for start in read]
    assert found[0].start.astimezone(dt.UTC) == moment.replace(tzinfo=BERLIN).astimezone(dt.UTC)


@given(sayable.rules(), sayable.moments, sayable.moments)
def test_a_window_shows_what_a_wider_one_shows_in_it(
    said: tuple[dt.datetime, str], one: dt.datetime, other: dt.datetime
) -> None:
    moment, rule = said
    recurring = event(moment.replace(tzinfo=BERLIN), rule)
    since, until = (each.replace(tzinfo=BERLIN) for each in sorted((one, other)))
    until = min(until, since + dt.timedelta(days=400))
    wide = recurrence.occurrences(recurring, since - dt.timedelta(days=40), until + dt.timedelta(days=40))
    narrow = recurrence.occurrences(recurring, since, until)
    assert narrow == [each for each in wide if each.over >= since and each.start < until]
