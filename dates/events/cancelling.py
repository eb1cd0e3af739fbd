"""Cancelling and reinstating: an event as a whole, or one date of an event that repeats.

What is cancelled stays on the site and says so.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dates import periods, recurrence
from dates.events import event_times
from dates.events.event_page import EventPage
from dates.events.exceptions import EventException, order_fault
from dates.events.telling import tell


class NoSuchDate(Exception):
    """Says in a sentence that the event does not take place on that day."""


def cancel(*, event: EventPage, user: Any, day: dt.date | None = None) -> bool:
    """Cancels ``event``, or its date on ``day``; returns whether visitors see it already.

    Raises NoSuchDate, and what ``telling.tell`` raises.
    """

    def write(draft: EventPage) -> None:
        if day is None:
            draft.is_cancelled = True
        elif addition := addition_on(draft, day):
            addition.is_cancelled = True
        else:
            _put(draft, day, is_cancelled=True)

    return tell(event=event, user=user, write=write)


def reinstate(*, event: EventPage, user: Any, day: dt.date | None = None) -> bool:
    """Has ``event``, or its date on ``day``, take place as planned after all. Returns and raises as ``cancel`` does."""

    def write(draft: EventPage) -> None:
        if day is None:
            draft.is_cancelled = False
        elif addition := addition_on(draft, day):
            addition.is_cancelled = False
        else:
            _require(draft, day)
            draft.exceptions = [change for change in draft.exceptions.all() if change.original_date != day]

    return tell(event=event, user=user, write=write)


def move(*, event: EventPage, user: Any, day: dt.date, start: dt.datetime, end: dt.datetime | None = None) -> bool:
    """Has the date that would be on ``day`` take place from ``start`` on, as long as usual unless ``end`` is given.

    Returns and raises as ``cancel`` does; ValidationError with the fields of an exception when it cannot be so.
    """

    def write(draft: EventPage) -> None:
        if addition := addition_on(draft, day):
            addition.start, addition.end, addition.is_cancelled = start, end, False
            if fault := order_fault(start, end):
                raise ValidationError({"new_end": fault})
            return
        change = _put(draft, day, new_start=start, new_end=end)
        faults = event_times.fault_of(draft, change)
        if faults:
            raise ValidationError(faults)

    return tell(event=event, user=user, write=write)


def addition_on(draft: EventPage, day: dt.date) -> Any:
    """The date beside the rule that begins on ``day``; None where the rule gives one itself."""
    if draft.recurrence and recurrence.start_on(draft, day) is not None:
        return None
    rows = list(draft.additions.all())
    draft.additions = rows  # which makes what is changed in them a part of the draft
    return next((each for each in rows if periods.day_of(each.start) == day), None)


def _require(draft: EventPage, day: dt.date) -> None:
    if not draft.recurrence or recurrence.start_on(draft, day) is None:
        raise NoSuchDate(_("The event does not take place on that day."))


def _put(draft: EventPage, day: dt.date, **values: Any) -> EventException:
    """The exception on ``day`` in the draft, with these values and no others; the row that is there stays the row."""
    _require(draft, day)
    rows = list(draft.exceptions.all())
    change = next((row for row in rows if row.original_date == day), None)
    if change is None:
        change = EventException(original_date=day)
        rows.append(change)
    change.is_cancelled, change.new_start, change.new_end = False, None, None
    for name, value in values.items():
        setattr(change, name, value)
    draft.exceptions = rows
    return change
