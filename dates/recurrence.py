"""When an event takes place: once, or again and again by a rule, with days that are cancelled or moved.

All of it is wall-clock time of ``settings.TIME_ZONE``: a language café at five o'clock is at five o'clock in summer and
in winter. Whatever stands in a model is read through ``Recurring``; nothing here asks the database by itself.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateutil.rrule import MO, MONTHLY, WEEKLY, YEARLY, rrulebase, weekday
from dateutil.rrule import rrule as Rule
from django.utils import timezone

from cms.localization.accepted_dates import can_be_reckoned
from dates.recurring import Change, Recurring, changes_of, is_sound

WEEKLY_RULE, MONTHLY_RULE, YEARLY_RULE = "weekly", "monthly_weekday", "yearly"
MOST_OCCURRENCES = 500
LONGEST_SPAN = dt.timedelta(days=3653)
"""How far after its beginning a recurring event may be said to end."""
LONGEST_PAUSE = dt.timedelta(days=732)
"""No rule lets more time pass between two occurrences, not even when one of them is moved."""
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


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
    found = [
        occurrence
        for occurrence in _expanded(event, _wall(since) - _duration(event), _wall(until))
        if occurrence.over >= since and occurrence.start < until
    ]
    return sorted(found, key=lambda occurrence: occurrence.start)[:MOST_OCCURRENCES]


def coming(event: Recurring, since: dt.datetime, count: int) -> list[Occurrence]:
    """The next ``count`` that are not over before ``since``."""
    if not is_sound(event):
        return []
    return occurrences(event, since, max(since, event.start) + LONGEST_PAUSE)[:count]


def next_occurrence(event: Recurring, since: dt.datetime) -> Occurrence | None:
    """The first that is not over before ``since``, be it cancelled."""
    if not is_sound(event):
        return None
    return _first(event, since - _duration(event), lambda occurrence: occurrence.over >= since)


def next_start(event: Recurring, since: dt.datetime) -> dt.datetime | None:
    """When it begins next, from ``since`` on."""
    if not is_sound(event):
        return None
    found = _first(event, since, lambda occurrence: occurrence.start >= since)
    return found.start if found else None


def _first(event: Recurring, since: dt.datetime, fits: Callable[[Occurrence], bool]) -> Occurrence | None:
    regular = _regular_ones(event, _wall(since), _wall(max(since, event.start) + LONGEST_PAUSE))
    first = next(filter(fits, regular), None)
    found = [*filter(fits, _changed_ones(event)), *([first] if first else [])]
    return min(found, key=lambda occurrence: occurrence.start, default=None)


def last_occurrence(event: Recurring) -> Occurrence | None:
    """The one that is over last; None when the event goes on without end."""
    once = Occurrence(event.start, event.end, event.all_day, event.is_cancelled)
    if not is_sound(event):
        return once
    if event.recurrence and event.recurrence_until is None:
        return None
    last_day = event.recurrence_until or _wall(event.start).date()
    found = _expanded(event, _wall(event.start), dt.datetime.combine(last_day, dt.time.max))
    return max(found, key=lambda occurrence: occurrence.over, default=once)


def start_on(event: Recurring, day: dt.date) -> dt.datetime | None:
    """The start that the rule gives on ``day`` (wall clock, naive); None when there is none."""
    if not (is_sound(event) and can_be_reckoned(day)):
        return None
    midnight = dt.datetime.combine(day, dt.time.min)
    return next(_starts(event, midnight, midnight + dt.timedelta(days=1)), None)


def rrule(event: Recurring) -> str | None:
    """The value of an RRULE (RFC 5545, 3.3.10) for ``event``; None when it takes place once.

    UNTIL is in UTC, as the standard wants beside a DTSTART with time zone, or a day beside one that is a day.
    """
    parts = {
        WEEKLY_RULE: "FREQ=WEEKLY",
        MONTHLY_RULE: f"FREQ=MONTHLY;BYDAY={_nth(event)}{WEEKDAY_CODES[_wall(event.start).weekday()]}",
        YEARLY_RULE: "FREQ=YEARLY" + (";BYMONTH=2;BYMONTHDAY=-1" if _is_leap_day(event) else ""),
    }
    if event.recurrence not in parts:
        return None
    rule = parts[event.recurrence]
    if event.recurrence_until is None:
        return rule
    if event.all_day:
        return f"{rule};UNTIL={event.recurrence_until:%Y%m%d}"
    last = _aware(dt.datetime.combine(event.recurrence_until, dt.time(23, 59, 59))).astimezone(dt.UTC)
    return f"{rule};UNTIL={last:%Y%m%dT%H%M%SZ}"


def nth_weekday(day: dt.date) -> int:
    """Which of its weekday ``day`` is in its month, 1 to 4; a fifth counts as the last: -1."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth < 5 else -1


def _nth(event: Recurring) -> int:
    return nth_weekday(_wall(event.start).date())


def _is_leap_day(event: Recurring) -> bool:
    """29 February: in other years such an event takes place on the last day of that month as well."""
    start = _wall(event.start)
    return (start.month, start.day) == (2, 29)


def _rule(event: Recurring) -> rrulebase:
    start = _wall(event.start)
    until = dt.datetime.combine(event.recurrence_until, dt.time.max) if event.recurrence_until else None
    match event.recurrence:
        case "weekly":
            return Rule(WEEKLY, dtstart=start, until=until, wkst=MO)
        case "monthly_weekday":
            return Rule(MONTHLY, dtstart=start, until=until, byweekday=weekday(start.weekday(), _nth(event)))
        case "yearly" if _is_leap_day(event):
            return Rule(YEARLY, dtstart=start, until=until, bymonth=2, bymonthday=-1)
        case "yearly":
            return Rule(YEARLY, dtstart=start, until=until)
        case _:
            return Rule(YEARLY, dtstart=start, count=1)


def _starts(event: Recurring, since: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    """Starts by the rule (wall clock, naive) from ``since`` on, before ``until``."""
    for start in _rule(event).xafter(since, inc=True):
        if start >= until:
            return
        yield start


def _expanded(event: Recurring, since: dt.datetime, until: dt.datetime) -> Iterator[Occurrence]:
    """Regular occurrences that the rule puts there (wall clock, naive), and every changed one wherever it is."""
    yield from _regular_ones(event, since, until)
    yield from _changed_ones(event)


def _regular_ones(event: Recurring, since: dt.datetime, until: dt.datetime) -> Iterator[Occurrence]:
    if not event.recurrence:
        yield Occurrence(event.start, event.end, event.all_day, event.is_cancelled, event.moved_from)
        return
    changed = {change.original_date for change in changes_of(event)}
    for start in _starts(event, since, until):
        if start.date() not in changed:
            yield _regular(event, start)


def _changed_ones(event: Recurring) -> Iterator[Occurrence]:
    for change in changes_of(event):
        start = start_on(event, change.original_date)
        if start:
            yield _changed(event, start, change)


def _regular(event: Recurring, start: dt.datetime) -> Occurrence:
    end = start + _duration(event) if event.end else None
    return Occurrence(_aware(start), _aware(end) if end else None, event.all_day, event.is_cancelled)


def _changed(event: Recurring, start: dt.datetime, change: Change) -> Occurrence:
    regular = _regular(event, start)
    if change.new_start is None or change.is_cancelled:
        return Occurrence(regular.start, regular.end, event.all_day, event.is_cancelled or change.is_cancelled)
    end = _aware(_wall(change.new_start) + _duration(event)) if event.end else None
    return Occurrence(change.new_start, change.new_end or end, event.all_day, event.is_cancelled, regular.start)


def _duration(event: Recurring) -> dt.timedelta:
    """By the clock on the wall, which a night with a change of clocks does not alter."""
    return max(_wall(event.end) - _wall(event.start), dt.timedelta(0)) if event.end else dt.timedelta(0)


def _wall(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment, timezone.get_default_timezone()).replace(tzinfo=None)


def _aware(wall: dt.datetime) -> dt.datetime:
    """A time that the change to summer time skips is an hour later, as RFC 5545 (3.3.5) reads it."""
    zone = timezone.get_default_timezone()
    return wall.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)
