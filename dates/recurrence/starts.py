"""The starts that a rule gives, by the clock on the wall, and the same rule for calendar programs."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from dateutil.rrule import DAILY, MO, MONTHLY, WEEKLY, YEARLY, rrulebase, weekday
from dateutil.rrule import rrule as DatesOf
from django.utils import timezone

from cms.localization.accepted_dates import can_be_reckoned
from dates.recurrence import rule as rules
from dates.recurrence.recurring import Recurring, breaks_of, changes_of, is_sound
from dates.recurrence.rule import Rule


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


LONGEST_SPAN = dt.timedelta(days=3653)
"""How far after its beginning a recurring event may be said to end, and how far ahead a next date is looked for."""
FREQUENCIES = {rules.DAILY: DAILY, rules.WEEKLY: WEEKLY, rules.MONTHLY: MONTHLY, rules.YEARLY: YEARLY}
DAYS = {rules.DAILY: 1, rules.WEEKLY: 7}


def _dates_of(event: Recurring, rule: Rule | None, since: dt.datetime) -> rrulebase:
    """What the rule alone gives, without its COUNT. It may begin at any of its dates up to ``since``."""
    start = wall(event.start)
    if rule is None:
        return DatesOf(YEARLY, dtstart=start, count=1)
    until = dt.datetime.combine(event.recurrence_until, dt.time.max) if event.recurrence_until else None
    return _by_rule(rule, _further(start, since, rule), until)


def _by_rule(rule: Rule, start: dt.datetime, until: dt.datetime | None = None) -> rrulebase:
    weekdays = [weekday(number, nth) for number in rule.weekdays for nth in rule.nths or (None,)]
    return DatesOf(
        FREQUENCIES[rule.frequency],
        dtstart=start,
        until=until,
        interval=rule.interval,
        byweekday=weekdays or None,
        bymonth=rule.month or None,
        bymonthday=rule.month_day or None,
        wkst=MO,
    )


def _further(start: dt.datetime, since: dt.datetime, rule: Rule) -> dt.datetime:
    """A start of the same rhythm of days that is not after ``since``, so that years of days need not be counted."""
    if rule.count or rule.frequency not in DAYS:
        return start
    step = DAYS[rule.frequency] * rule.interval
    return start + dt.timedelta(days=max(0, (since - start).days // step - 1) * step)


def starts(
    event: Recurring, since: dt.datetime, until: dt.datetime, kept: Collection[dt.date] = ()
) -> Iterator[dt.datetime]:
    """Starts by the rule (wall clock, naive) from ``since`` on, before ``until``.

    What a person has said about a day counts more than a holiday; so does a day in ``kept``.
    """
    rule, is_left_out = rules.read(event.recurrence), left_out_of(event)
    kept = {*kept, *days_changed(event)}
    dates = _dates_of(event, rule, since)
    found, limit = 0, rule.count if rule else 0
    for start in dates if limit else dates.xafter(since, inc=True):
        if start >= until or (limit and start > wall(event.start) + LONGEST_SPAN):
            return
        if rule and start.date() not in kept and is_left_out(start.date()):
            continue
        found += 1
        if start >= since:
            yield start
        if found == limit:
            return


def days_changed(event: Recurring) -> set[dt.date]:
    return {change.original_date for change in changes_of(event)}


def has_no_end(event: Recurring) -> bool:
    rule = rules.read(event.recurrence)
    return rule is not None and not rule.count and event.recurrence_until is None


def start_on(event: Recurring, day: dt.date) -> dt.datetime | None:
    """The start that the rule gives on ``day`` (wall clock, naive), also when it is left out; None without one."""
    if not (is_sound(event) and can_be_reckoned(day)):
        return None
    midnight = dt.datetime.combine(day, dt.time.min)
    return next(starts(event, midnight, midnight + dt.timedelta(days=1), {day}), None)


def first_by_rule(event: Recurring) -> dt.date | None:
    """The first day, from the start on, that the rule gives, be it left out; None when there is no such day."""
    rule, start = rules.read(event.recurrence), wall(event.start)
    found = _dates_of(event, rule, start).after(start - dt.timedelta(seconds=1))
    return found.date() if found else None


def gives(text: str, first: dt.date) -> bool:
    """Whether the rule ``text`` gives the day on which its event begins."""
    rule = rules.read(text)
    start = dt.datetime.combine(first, dt.time.min)
    return rule is not None and _by_rule(rule, start).after(start, inc=True) == start


def reaches_its_count(event: Recurring) -> bool:
    """Whether a rule with COUNT takes place so often within the longest time that can be said."""
    rule, start = rules.read(event.recurrence), wall(event.start)
    return rule is None or sum(1 for _start in starts(event, start, start + LONGEST_SPAN)) == rule.count


def starts_left_out(event: Recurring, until: dt.date) -> list[dt.datetime]:
    """Starts that the rule gives up to ``until`` and at which nothing takes place (wall clock, naive)."""
    rule = rules.read(event.recurrence)
    if not is_sound(event) or rule is None or not leaves_out(event):
        return []
    changed, is_left_out = days_changed(event), left_out_of(event)
    # As far as ``rrule`` goes: to the last day that is said, be it left out itself.
    last = _last_by_rule(event).date() if rule.count else event.recurrence_until
    end = dt.datetime.combine(min(until, last) if last else until, dt.time.max)
    return [
        start
        for start in _dates_of(event, rule, wall(event.start)).between(wall(event.start), end, inc=True)
        if start.date() not in changed and is_left_out(start.date())
    ]


def rrule(event: Recurring) -> str | None:
    """The value of an RRULE (RFC 5545, 3.3.10) for ``event``; None when it takes place once.

    UNTIL is in UTC, as the standard wants beside a DTSTART with time zone, or a day beside one that is a day. Where
    days are left out, COUNT would count them; the last day says it instead.
    """
    rule = rules.read(event.recurrence)
    if rule is None:
        return None
    until = event.recurrence_until
    if rule.count and (until or leaves_out(event)):
        last = _last_by_rule(event)
        rule, until = replace(rule, count=0), last.date()
    if until is None:
        return str(rule)
    if event.all_day:
        return f"{rule};UNTIL={until:%Y%m%d}"
    last = aware(dt.datetime.combine(until, dt.time(23, 59, 59))).astimezone(dt.UTC)
    return f"{rule};UNTIL={last:%Y%m%dT%H%M%SZ}"


def _last_by_rule(event: Recurring) -> dt.datetime:
    start = wall(event.start)
    return max(starts(event, start, start + LONGEST_SPAN), default=start)


def wall(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment, timezone.get_default_timezone()).replace(tzinfo=None)


def aware(wall: dt.datetime) -> dt.datetime:
    """A time that the change to summer time skips is an hour later, as RFC 5545 (3.3.5) reads it."""
    zone = timezone.get_default_timezone()
    return wall.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)
