"""Two clocks, both without a zone: the source's, which is that of its DTSTART (``begin``), and that of the place."""

import datetime as dt

from dates.calendar_import.components import moment


def naive(value: dt.date) -> dt.datetime:
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time.min)
    return value.replace(tzinfo=None)


def wall(value: dt.date, begin: dt.date) -> dt.datetime:
    """``value`` by the clock of the source."""
    zone = begin.tzinfo if isinstance(begin, dt.datetime) else None
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(zone) if zone is not None else moment(value)
    return naive(value)


def place(value: dt.date) -> dt.datetime:
    return naive(moment(value))


def place_of(original: dt.datetime, begin: dt.date) -> dt.datetime:
    zone = begin.tzinfo if isinstance(begin, dt.datetime) else None
    return original if zone is None else place(original.replace(tzinfo=zone))


def aware(wall: dt.datetime) -> dt.datetime:
    return moment(wall)


def text(original: dt.datetime) -> str:
    return aware(original).isoformat()
