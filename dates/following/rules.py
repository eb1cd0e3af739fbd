"""Recurrences of foreign calendars (RFC 5545, 3.3.10): which are safe to expand, which our own events can say."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dateutil.rrule import rrule, rruleset, rrulestr

from dates import recurrence

SLOW = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
HARMLESS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
MOST = 400
"""How often a rule with COUNT may say that something takes place, so that its end can be found."""
DAYS_OF_MONTH = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Rule:
    """As ``EventPage`` keeps it."""

    recurrence: str
    until: dt.date | None


def is_harmless(rule: Any) -> bool:
    """Whether a rule can be expanded without counting seconds, or days until the year 9999 (dateutil stops there)."""
    if not {name.upper() for name in rule} <= HARMLESS or _one(rule, "FREQ") not in SLOW or not _can_match(rule):
        return False
    numbers = [_one(rule, name) for name in ("INTERVAL", "COUNT") if name in rule]
    return all(isinstance(number, int) and 1 <= number <= 10_000 for number in numbers) and all(
        len(values) <= 31 for values in rule.values() if isinstance(values, list)
    )


def _can_match(rule: Any) -> bool:
    """False for rules by days that may find none: there, the search would look at each of three million days."""
    frequency, interval = _one(rule, "FREQ"), rule.get("INTERVAL", [1])
    if frequency == "DAILY" and ("BYSETPOS" in rule or ("BYDAY" in rule and interval != [1])):
        return False
    if frequency == "WEEKLY" and ("BYSETPOS" in rule or "BYMONTHDAY" in rule):
        return False
    months, days = rule.get("BYMONTH", range(1, 13)), rule.get("BYMONTHDAY", [1])
    return any(abs(int(day)) <= DAYS_OF_MONTH[int(month)] for month in months for day in days)


def ended(rule: Any, end: dt.datetime, *, all_day: bool) -> Any:
    """The rule, stopped at ``end``."""
    limited, last = rule.copy(), end.date() if all_day else end.astimezone(dt.UTC)
    until = _one(rule, "UNTIL")
    if until is None or _day(until) > _day(last):
        limited["UNTIL"] = [last]
    return limited


def as_ours(rule: Any, start: dt.datetime) -> Rule | None:
    """The rule as our events know it; None when they cannot say it. ``start`` is wall-clock time of the place."""
    day, until = start.date(), _last_day(rule, start)
    if until is not None and not day <= until <= day + recurrence.LONGEST_SPAN:
        return None
    parts = rule.to_ical().decode().split(";")
    try:
        said = recurrence.parse(";".join(part for part in parts if not part.upper().startswith(("UNTIL", "COUNT"))))
    except recurrence.NotSayable:
        return None
    if (said.frequency, day.month, day.day) == ("YEARLY", 2, 29):
        return None
    ours = str(recurrence.settled(said, day))
    return Rule(ours, until) if recurrence.gives(ours, day) else None


def _last_day(rule: Any, start: dt.datetime) -> dt.date | None:
    until, count = _one(rule, "UNTIL"), _one(rule, "COUNT")
    if isinstance(until, dt.datetime) and until.tzinfo is not None:
        return until.astimezone(start.tzinfo).date()
    if until is not None:
        return _day(until)
    if count is None:
        return None
    found: rrule | rruleset = rrulestr(rule.to_ical().decode(), dtstart=start.replace(tzinfo=None))
    last = start.replace(tzinfo=None)
    for number, occurrence in enumerate(found):
        if number >= MOST:
            return dt.date.max
        last = occurrence
    return last.date()


def _one(rule: Any, name: str) -> Any:
    values = rule.get(name)
    return values[0] if isinstance(values, list) and values else values


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
