"""How it stands at a moment: over midnight, on special days, on public holidays, when the clocks change."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours.timetable import OpeningState, Span, SpecialDays, Timetable
from tests.factories import berlin


def span(opens: int, closes: int) -> Span:
    return Span(dt.time(opens % 24), dt.time(closes % 24))


OFFICE = Timetable(week={day: (span(9, 12), span(14, 17)) for day in range(1, 6)})
MONDAY = (2026, 11, 30)


@pytest.mark.parametrize(
    ("moment", "kind", "at"),
    [
        ((*MONDAY, 8, 59), "opens", dt.datetime(2026, 11, 30, 9)),
        ((*MONDAY, 9, 0), "open", dt.datetime(2026, 11, 30, 12)),
        ((*MONDAY, 11, 59), "open", dt.datetime(2026, 11, 30, 12)),
        ((*MONDAY, 12, 0), "opens", dt.datetime(2026, 11, 30, 14)),
        ((*MONDAY, 17, 0), "opens", dt.datetime(2026, 12, 1, 9)),
        ((2026, 12, 4, 17, 0), "opens", dt.datetime(2026, 12, 7, 9)),
        ((2026, 10, 25, 2, 30), "opens", dt.datetime(2026, 10, 26, 9)),
    ],
)
def test_an_office_with_a_break_at_noon(moment: tuple[int, ...], kind: str, at: dt.datetime) -> None:
    assert OFFICE.state(berlin(*moment)) == OpeningState(kind, at)  # type: ignore[arg-type]


def test_what_closes_after_midnight_is_still_open_then() -> None:
    bar = Timetable(week={5: (span(20, 2),)})
    assert bar.state(berlin(2026, 12, 5, 1, 30)) == OpeningState("open", dt.datetime(2026, 12, 5, 2))
    assert bar.state(berlin(2026, 12, 5, 2)) == OpeningState("opens", dt.datetime(2026, 12, 11, 20))


def test_hours_that_touch_are_one() -> None:
    night = Timetable(week={1: (span(9, 12), span(12, 0)), 2: (span(0, 3),)})
    assert night.state(berlin(*MONDAY, 10)) == OpeningState("open", dt.datetime(2026, 12, 1, 3))


def test_always_open_never_closes() -> None:
    assert Timetable(week={day: (span(0, 0),) for day in range(1, 8)}).state(berlin(*MONDAY, 10)) == OpeningState(
        "always"
    )


def test_nobody_is_there_on_special_days_without_hours() -> None:
    away = Timetable(OFFICE.week, (SpecialDays(dt.date(2026, 11, 30), dt.date(2026, 12, 6), reason="break"),))
    assert away.state(berlin(*MONDAY, 10)) == OpeningState("opens", dt.datetime(2026, 12, 7, 9))
    assert away.reason_closed(dt.date(2026, 12, 1)) == "break"
    assert away.reason_closed(dt.date(2026, 12, 5)) is None  # a Saturday, on which nobody would be there anyway


def test_special_hours_take_the_place_of_those_of_the_week() -> None:
    day = dt.date(2026, 11, 30)
    special = Timetable(OFFICE.week, (SpecialDays(day, day, span(10, 11)), SpecialDays(day, day, span(15, 18))))
    assert special.spans_on(day) == (span(10, 11), span(15, 18))
    assert special.state(berlin(*MONDAY, 9, 30)) == OpeningState("opens", dt.datetime(2026, 11, 30, 10))


def test_public_holidays_close_only_where_it_is_said() -> None:
    christmas = dt.date(2026, 12, 25)  # a Friday
    assert OFFICE.spans_on(christmas)
    closed = Timetable(OFFICE.week, closed_on_public_holidays=True)
    assert closed.spans_on(christmas) == ()
    assert closed.reason_closed(christmas) == "public"
    open_all_the_same = Timetable(OFFICE.week, (SpecialDays(christmas, christmas, span(10, 12)),), True)
    assert open_all_the_same.spans_on(christmas) == (span(10, 12),)


@pytest.mark.parametrize(
    ("state", "day", "is_closed"),
    [
        ("BY", (2027, 1, 6), True),  # Epiphany
        ("NW", (2027, 1, 6), False),
        ("NW", (2026, 5, 1), True),
        ("SN", (2026, 11, 18), True),  # the day of repentance
        ("NW", (2026, 11, 18), False),
        ("BE", (2027, 3, 8), True),  # women's day
    ],
)
def test_public_holidays_are_those_of_the_federal_state(state: str, day: tuple[int, int, int], is_closed: bool) -> None:
    closed = Timetable(OFFICE.week, closed_on_public_holidays=True, federal_state=state)
    assert (closed.spans_on(dt.date(*day)) == ()) == is_closed


def test_without_hours_nothing_is_known() -> None:
    assert Timetable().state(berlin(*MONDAY, 10)) == OpeningState("closed")
    assert not Timetable()


clocks = st.times().map(lambda time: time.replace(minute=time.minute // 5 * 5, second=0, microsecond=0))
weeks = st.dictionaries(
    st.integers(1, 7), st.lists(st.builds(Span, clocks, clocks), min_size=1, max_size=3).map(tuple), max_size=7
)
moments = st.datetimes(dt.datetime(2026, 1, 5), dt.datetime(2027, 6, 1))


@given(weeks, moments, st.booleans())
def test_a_state_ends_when_it_says_and_the_next_one_is_another(
    week: dict[int, tuple[Span, ...]], moment: dt.datetime, holidays: bool
) -> None:
    table = Timetable(week, closed_on_public_holidays=holidays)
    state = table.state(berlin(*moment.timetuple()[:6]))
    if state.at is None:
        assert state.kind in ("always", "closed")
        return
    assert state.at > moment.replace(microsecond=0)
    then = table.state(berlin(*state.at.timetuple()[:6]))
    assert then.kind == ("opens" if state.kind == "open" else "open") or then.kind in ("closed", "always")
