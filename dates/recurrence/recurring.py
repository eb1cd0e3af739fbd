"""What an event says of its time, and whether anything can be made of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Protocol

from cms.localization.accepted_dates import can_be_reckoned


class Change(Protocol):
    """What differs on one day of a recurring event."""

    original_date: dt.date
    is_cancelled: bool
    new_start: dt.datetime | None
    new_end: dt.datetime | None


class Break(Protocol):
    """Days on which a recurring event does not take place, both included."""

    first_day: dt.date
    last_day: dt.date


class Addition(Protocol):
    """One more date. Without ``end`` it takes as long as the others."""

    start: dt.datetime
    end: dt.datetime | None
    is_cancelled: bool


class DaysOff(Protocol):
    """Holidays where the event takes place."""

    def is_public(self, day: dt.date) -> bool: ...

    def is_of_schools(self, day: dt.date) -> bool: ...


class Rows(Protocol):
    """Child rows: changes, breaks or additions."""

    def all(self) -> Iterable[Any]: ...


class Recurring(Protocol):
    """What an event says of its time. ``recurrence_until`` is the last day, included; without it there is no end.

    ``recurrence`` is a rule as ``recurrence.rule`` reads it.
    """

    start: dt.datetime
    end: dt.datetime | None
    all_day: bool
    is_cancelled: bool
    moved_from: dt.datetime | None
    recurrence: str
    recurrence_until: dt.date | None
    skips_public_holidays: bool
    skips_school_holidays: bool

    @property
    def exceptions(self) -> Rows: ...

    @property
    def breaks(self) -> Rows: ...

    @property
    def additions(self) -> Rows: ...

    @property
    def days_off(self) -> DaysOff: ...


def is_sound(event: Recurring) -> bool:
    """Whether its dates can be worked out. What is not sound takes place at no time, however it was stored."""
    moments = (event.start, event.end, event.moved_from, event.recurrence_until)
    return event.start is not None and can_be_reckoned(*moments)


def changes_of(event: Recurring) -> list[Change]:
    """The days that differ, without those that nothing can be made of."""
    if not event.recurrence:
        return []
    return [
        change
        for change in event.exceptions.all()
        if change.original_date and can_be_reckoned(change.original_date, change.new_start, change.new_end)
    ]


def additions_of(event: Recurring) -> list[Addition]:
    """Further dates, without those that nothing can be made of; in order."""
    found = [each for each in event.additions.all() if each.start and can_be_reckoned(each.start, each.end)]
    return sorted(found, key=lambda each: each.start)


def breaks_of(event: Recurring) -> list[Break]:
    """Ranges left out, in order."""
    if not event.recurrence:
        return []
    found = [each for each in event.breaks.all() if each.first_day and each.last_day]
    return sorted(found, key=lambda each: (each.first_day, each.last_day))
