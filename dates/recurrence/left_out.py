"""Days on which an event that repeats does not take place: holidays, and ranges that are left out."""

import datetime as dt
from collections.abc import Callable

from dates.recurrence.recurring import Recurring, breaks_of


def leaves_out(event: Recurring) -> bool:
    """Whether any day of its rule may be left out."""
    return event.skips_public_holidays or event.skips_school_holidays or bool(breaks_of(event))


def left_out_of(event: Recurring) -> Callable[[dt.date], bool]:
    """Whether a day is left out. The rows of the event are read once, for many days."""
    ranges = [(each.first_day, each.last_day) for each in breaks_of(event)]

    def is_left_out(day: dt.date) -> bool:
        return (
            any(first <= day <= last for first, last in ranges)
            or (event.skips_public_holidays and event.days_off.is_public(day))
            or (event.skips_school_holidays and event.days_off.is_of_schools(day))
        )

    return is_left_out
