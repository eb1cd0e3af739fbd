"""What an event lists beside its rule: dates that the rule would give and that do not take place, and further ones."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from dates.calendar_import import rules
from dates.calendar_import.components import Component


def excluded(component: Component, last: dt.datetime) -> Iterator[dt.date]:
    """EXDATE, and EXRULE of RFC 2445 until ``last`` (by the clock of the source). Raises ValueError for harm."""
    yield from listed(component, "EXDATE")
    begin, several = component["DTSTART"].dt, component.get("EXRULE", [])
    for written in several if isinstance(several, list) else [several]:
        rule = rules.without_own_time(written, begin)
        if not rules.is_harmless(rule):
            raise ValueError("hostile recurrence")
        yield from rules.starts(rule, begin, last)[0]


def is_a_day(value: dt.date) -> bool:
    """A day, or a midnight, as programs write a day that know none."""
    return not isinstance(value, dt.datetime) or value.time() == dt.time()


def periods(component: Component) -> Iterator[tuple[Any, Any]]:
    """RDATE: beginnings, with an end where it is said. A day beside an event with a time has the time of that."""
    begin = component["DTSTART"].dt
    for value in listed(component, "RDATE"):
        if isinstance(value, tuple):
            first, finish = value
            yield first, first + finish if isinstance(finish, dt.timedelta) else finish
        elif isinstance(begin, dt.datetime) and not isinstance(value, dt.datetime):
            yield dt.datetime.combine(value, begin.timetz()), None
        else:
            yield value, None


def listed(component: Component, name: str) -> Iterator[Any]:
    values = component.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        yield from (each.dt for each in value.dts)
