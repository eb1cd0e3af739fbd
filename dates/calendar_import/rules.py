"""Recurrences of foreign calendars (RFC 5545, 3.3.10): which are safe to expand, which our own events can say."""

import datetime as dt
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr

from dates import recurrence

SLOW = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
HARMLESS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
MOST = 20_000
"""How many dates of one rule are worked out: each day of more than fifty years."""
MORE = 3
"""Dates behind the known ones of which a rule of ours must be right as well."""
DAYS_OF_MONTH = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_harmless(rule: Any) -> bool:
    """Whether a rule can be expanded without counting seconds, or days until the year 9999 (dateutil stops there)."""
    if not {name.upper() for name in rule} <= HARMLESS or _one(rule, "FREQ") not in SLOW or not _can_match(rule):
        return False
    numbers = [_one(rule, name) for name in ("INTERVAL", "COUNT") if name in rule]
    return all(isinstance(number, int) and 1 <= number <= 10_000 for number in numbers) and all(
        len(values) <= 31 for values in rule.values() if isinstance(values, list)
    )


def without_own_time(rule: Any, begin: dt.date) -> Any:
    """Without the time of the day, where it is that of ``begin``: some programs always write it."""
    known = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
    said = [name for name, part in known.items() if rule.get(name) == [getattr(begin, part, None)]]
    found = rule.copy()
    for name in said:
        del found[name]
    return found


def _can_match(rule: Any) -> bool:
    """False for rules by days that may find none: there, the search would look at each of three million days."""
    frequency, interval = _one(rule, "FREQ"), rule.get("INTERVAL", [1])
    if frequency == "DAILY" and ("BYSETPOS" in rule or ("BYDAY" in rule and interval != [1])):
        return False
    if frequency == "WEEKLY" and ("BYSETPOS" in rule or "BYMONTHDAY" in rule):
        return False
    months, days = rule.get("BYMONTH", range(1, 13)), rule.get("BYMONTHDAY", [1])
    return any(abs(int(day)) <= DAYS_OF_MONTH[int(month)] for month in months for day in days)


def starts(rule: Any, begin: dt.date, horizon: dt.datetime) -> tuple[list[dt.datetime], bool]:
    """Its dates until ``horizon``, by the clock of ``begin``, without a zone; and whether there are more.

    Raises ValueError for too many, or none.
    """
    first = begin.replace(tzinfo=None) if isinstance(begin, dt.datetime) else dt.datetime.combine(begin, dt.time.min)
    until = _until(rule, begin)
    dates = islice(rrulestr(_text(rule), dtstart=first), _one(rule, "COUNT"))
    found: list[dt.datetime] = []
    for date in dates:
        if until is not None and date > until:
            break
        if date > horizon:
            return _some(found), True
        found.append(date)
        if len(found) > MOST:
            raise ValueError("no dates that can be counted")
    return _some(found), False


def _some(found: list[dt.datetime]) -> list[dt.datetime]:
    if not found:
        raise ValueError("no date at all")
    return found


def last_day(rule: Any, begin: dt.date) -> dt.date | None:
    """The last day that it names itself."""
    until = _until(rule, begin)
    return until.date() if until is not None else None


def as_ours(rule: Any, dates: list[dt.datetime], shifted: int) -> str | None:
    """The rule that our events know for ``dates``, ``shifted`` days behind those of ``rule``; None if there is none.

    It also gives the dates after them: of 29 February only the first may be known.
    """
    written = _text(_shifted(rule, shifted))
    try:
        parsed = recurrence.parse(written)
    except (recurrence.NotSayable, ValueError):
        return None
    ours = str(recurrence.settled(parsed, dates[0].date()))
    wanted = [*dates, *islice(rrulestr(written, dtstart=dates[0]), len(dates), len(dates) + MORE)]
    given = list(islice(rrulestr(ours, dtstart=dates[0]), len(wanted)))
    return ours if given == wanted else None


def may_last(first: dt.date, until: dt.date | None) -> bool:
    return until is None or first <= until <= first + recurrence.LONGEST_SPAN


def _shifted(rule: Any, days: int) -> Any:
    """With its weekdays so much later, as another clock has them."""
    if not days or "BYDAY" not in rule:
        return rule
    moved, codes = rule.copy(), recurrence.WEEKDAY_CODES
    moved["BYDAY"] = [codes[(codes.index(str(each)) + days) % 7] for each in rule["BYDAY"]]
    return moved


def _text(rule: Any) -> str:
    """Without its end."""
    limited = rule.copy()
    for name in ("UNTIL", "COUNT"):
        limited.pop(name, None)
    return str(limited.to_ical().decode())


def _until(rule: Any, begin: dt.date) -> dt.datetime | None:
    """By the clock of ``begin``; a day alone is meant as a whole."""
    until = _one(rule, "UNTIL")
    if until is None:
        return None
    if not isinstance(until, dt.datetime):
        return dt.datetime.combine(until, dt.time.max)
    zone = begin.tzinfo if isinstance(begin, dt.datetime) else None
    if until.tzinfo is not None and zone is not None and until.year < dt.MAXYEAR:  # "never", as some programs say it
        until = until.astimezone(zone)
    if not isinstance(begin, dt.datetime):
        return dt.datetime.combine(until.date(), dt.time.max)
    return until.replace(tzinfo=None)


def _one(rule: Any, name: str) -> Any:
    values = rule.get(name)
    return values[0] if isinstance(values, list) and values else values
