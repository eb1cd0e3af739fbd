"""When an event takes place: once, or again and again by a rule, with days left out, cancelled, moved or added.

All of it is wall-clock time of ``settings.TIME_ZONE``: a language café at five o'clock is at five o'clock in summer and
in winter. Whatever stands in a model is read through ``Recurring``; nothing here asks the database by itself.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from dates.recurrence import rule as rules
from dates.recurrence.recurring import Addition, Change, Recurring, additions_of, changes_of, is_sound
from dates.recurrence.starts import LONGEST_SPAN, aware, days_changed, has_no_end, start_on, starts, wall

MOST_OCCURRENCES = 500


@dataclass(frozen=True)
class Occurrence:
    """One time at which an event takes place.

    Of an ``all_day`` occurrence only the days count: ``start`` is the beginning of the first, ``end`` that of the last
    (not of the day after, as in iCalendar), or None when it is one day. ``moved_from`` is where it stood before.
    """

    start: dt.datetime
    end: dt.datetime | None = None
    all_day: bool = False
    is_cancelled: bool = False
    moved_from: dt.datetime | None = None
    is_added: bool = False
    """It stands beside the rule."""

    @property
    def original_start(self) -> dt.datetime:
        """Where the rule puts it: what iCalendar calls RECURRENCE-ID."""
        return self.moved_from or self.start

    @property
    def over(self) -> dt.datetime:
        """When it is over; when it begins, if nobody knows how long it takes."""
        return self.end or self.start


def occurrences(event: Recurring, since: dt.datetime, until: dt.datetime) -> list[Occurrence]:
    """What takes place from ``since`` on and begins before ``until``, in order; at most ``MOST_OCCURRENCES``.

    What began earlier and goes on is in it, and what is cancelled as well.
    """
    if not is_sound(event):
        return []
    regular = _regular_ones(event, wall(since) - _duration(event), wall(until))
    found = [
        occurrence
        for occurrence in chain(regular, _singular_ones(event))
        if occurrence.over >= since and occurrence.start < until
    ]
    return _in_order(found)[:MOST_OCCURRENCES]


def coming(event: Recurring, since: dt.datetime, count: int) -> list[Occurrence]:
    """The next ``count`` that are not over before ``since``."""
    return _next_ones(event, since - _duration_of(event), lambda occurrence: occurrence.over >= since, count)


def next_occurrence(event: Recurring, since: dt.datetime) -> Occurrence | None:
    """The first that is not over before ``since``, be it cancelled."""
    return next(iter(coming(event, since, 1)), None)


def next_taking_place(event: Recurring, since: dt.datetime) -> Occurrence | None:
    """The first that is not over before ``since``; a cancelled one only when the whole event is cancelled."""

    def fits(occurrence: Occurrence) -> bool:
        return occurrence.over >= since and (event.is_cancelled or not occurrence.is_cancelled)

    return next(iter(_next_ones(event, since - _duration_of(event), fits, 1)), None)


def next_start(event: Recurring, since: dt.datetime) -> dt.datetime | None:
    """When it begins next, from ``since`` on."""
    found = _next_ones(event, since, lambda occurrence: occurrence.start >= since, 1)
    return found[0].start if found else None


def _next_ones(
    event: Recurring, since: dt.datetime, fits: Callable[[Occurrence], bool], count: int
) -> list[Occurrence]:
    """The first ``count`` that fit; the rule is asked from ``since`` on."""
    if not is_sound(event):
        return []
    regular = _regular_ones(event, wall(since), wall(max(since, event.start)) + LONGEST_SPAN)
    found = [*islice(filter(fits, regular), count), *filter(fits, _singular_ones(event))]
    return _in_order(found)[:count]


def _in_order(found: list[Occurrence]) -> list[Occurrence]:
    return sorted(found, key=lambda occurrence: occurrence.start)


def last_occurrence(event: Recurring) -> Occurrence | None:
    """The one that is over last; None when the event goes on without end."""
    once = Occurrence(event.start, event.end, event.all_day, event.is_cancelled)
    if not is_sound(event):
        return once
    if has_no_end(event):
        return None
    start = wall(event.start)
    last_day = event.recurrence_until or start.date() + LONGEST_SPAN
    found = chain(
        _regular_ones(event, start, dt.datetime.combine(last_day, dt.time.max)),
        _singular_ones(event),
    )
    return max(found, key=lambda occurrence: occurrence.over, default=once)


def _regular_ones(event: Recurring, since: dt.datetime, until: dt.datetime) -> Iterator[Occurrence]:
    """Those that the rule puts there (wall clock, naive) and nothing changes."""
    if rules.read(event.recurrence) is None:
        yield Occurrence(event.start, event.end, event.all_day, event.is_cancelled, event.moved_from)
        return
    changed = days_changed(event)
    for start in starts(event, since, until):
        if start.date() not in changed:
            yield _regular(event, start)


def _singular_ones(event: Recurring) -> Iterator[Occurrence]:
    """Every one that a person has changed or added, wherever it is."""
    if rules.read(event.recurrence) is not None:
        for change in changes_of(event):
            start = start_on(event, change.original_date)
            if start:
                yield _changed(event, start, change)
    for addition in additions_of(event):
        yield _added(event, addition)


def _regular(event: Recurring, start: dt.datetime) -> Occurrence:
    end = start + _duration(event) if event.end else None
    return Occurrence(aware(start), aware(end) if end else None, event.all_day, event.is_cancelled)


def _changed(event: Recurring, start: dt.datetime, change: Change) -> Occurrence:
    regular = _regular(event, start)
    if change.new_start is None or change.is_cancelled:
        return Occurrence(regular.start, regular.end, event.all_day, event.is_cancelled or change.is_cancelled)
    end = change.new_end or _end_after(event, change.new_start)
    return Occurrence(change.new_start, end, event.all_day, event.is_cancelled, regular.start)


def _added(event: Recurring, addition: Addition) -> Occurrence:
    end = addition.end or _end_after(event, addition.start)
    is_cancelled = event.is_cancelled or addition.is_cancelled
    return Occurrence(addition.start, end, event.all_day, is_cancelled, is_added=True)


def _end_after(event: Recurring, start: dt.datetime) -> dt.datetime | None:
    """The end of an occurrence that takes as long as the others."""
    return aware(wall(start) + _duration(event)) if event.end else None


def _duration(event: Recurring) -> dt.timedelta:
    """By the clock on the wall, which a night with a change of clocks does not alter."""
    return max(wall(event.end) - wall(event.start), dt.timedelta(0)) if event.end else dt.timedelta(0)


def _duration_of(event: Recurring) -> dt.timedelta:
    return _duration(event) if is_sound(event) else dt.timedelta(0)
