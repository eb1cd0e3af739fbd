"""Which hours fit together: the same for members, the admin and lists."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from directory.hours.timetable import Span, SpecialDays

A_DAY = 24 * 60
A_WEEK = 7 * A_DAY


def clash(week: Iterable[tuple[int, Span]]) -> int | None:
    """The weekday of hours that begin before those before them are over, also those of the day before."""
    placed = sorted((*_minutes(weekday, span), weekday) for weekday, span in week)
    for (_start, end, _day), (start, _end, weekday) in pairwise(placed):
        if start < end:
            return weekday
    if len(placed) > 1 and placed[-1][1] > placed[0][0] + A_WEEK:
        return placed[0][2]
    return None


def _minutes(weekday: int, span: Span) -> tuple[int, int]:
    start, end = (weekday - 1) * A_DAY + _clock(span.opens), (weekday - 1) * A_DAY + _clock(span.closes)
    return start, end if span.closes > span.opens else end + A_DAY


def _clock(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def special_clash(rows: Sequence[SpecialDays]) -> int | None:
    """Number (from 0) of a row that says something else about a day than a row before it."""
    for (_first, one), (number, other) in combinations(enumerate(rows), 2):
        if one.first <= other.last and other.first <= one.last and not _go_together(one.span, other.span):
            return number
    return None


def _go_together(one: Span | None, other: Span | None) -> bool:
    """Two spans of one day, such as before and after noon; closed goes with nothing."""
    return one is not None and other is not None and clash([(1, one), (1, other)]) is None
