"""What an event says of its time, and whether anything can be made of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from cms.localization.accepted_dates import can_be_reckoned


class Change(Protocol):
    """What differs on one day of a recurring event."""

    original_date: dt.date
    is_cancelled: bool
    new_start: dt.datetime | None
    new_end: dt.datetime | None


class Changes(Protocol):
    def all(self) -> Iterable[Change]: ...


class Recurring(Protocol):
    """What an event says of its time. ``recurrence_until`` is the last day, included; without it there is no end."""

    start: dt.datetime
    end: dt.datetime | None
    all_day: bool
    is_cancelled: bool
    moved_from: dt.datetime | None
    recurrence: str
    recurrence_until: dt.date | None
    exceptions: Changes


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
