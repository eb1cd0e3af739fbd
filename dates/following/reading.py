"""From the bytes of a foreign calendar to what our events can say. Pure: asks neither database nor network.

The file comes from a stranger: whatever is in it, the answer is a ``Reading`` or ``NothingTaken``.
"""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from cms.localization.accepted_dates import EARLIEST_YEAR, is_accepted
from dates.calendars import time_zone
from dates.following import rules, texts
from dates.following.outcomes import NothingTaken, Outcome

Component = Any
"""A VEVENT; what icalendar says of its values is a union of all there are."""
AHEAD = dt.timedelta(days=366)
MOST_EVENTS = 200
MOST_COMPONENTS = 5000
"""Past ones too: whole archives of years are fine, what would take minutes to read is not."""
MOST_SECONDS = 60
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError, LookupError)
"""What icalendar and dateutil raise over nonsense."""


@dataclass(frozen=True)
class Change:
    """A day that differs from the rule: without ``start`` nothing takes place."""

    day: dt.date
    start: dt.datetime | None = None
    end: dt.datetime | None = None


@dataclass(frozen=True)
class Foreign:
    """A date of the calendar. ``key`` stays the same for ever; times are those of the place."""

    key: str
    title: str
    lead: str
    place_name: str
    start: dt.datetime
    end: dt.datetime | None
    all_day: bool
    is_cancelled: bool
    recurrence: str = ""
    recurrence_until: dt.date | None = None
    changes: tuple[Change, ...] = ()


@dataclass
class Reading:
    events: list[Foreign] = field(default_factory=list)
    skipped: int = 0
    is_empty: bool = False
    """No date at all, not even one that is over."""


def read(data: bytes, today: dt.datetime) -> Reading:
    """Dates from ``today`` (a midnight) on, for a year. Raises NothingTaken."""
    until = time.monotonic() + MOST_SECONDS
    groups = _groups(_parsed(data))
    reading = Reading(is_empty=not groups)
    end = today + AHEAD
    for uid, components in groups.items():
        if time.monotonic() > until:
            raise NothingTaken(Outcome.TOO_LARGE)
        try:
            found = list(_of_one(uid, components, today, end))
        except BROKEN:
            reading.skipped += 1
            continue
        reading.events += found
        if len(reading.events) > MOST_EVENTS:
            raise NothingTaken(Outcome.TOO_LARGE)
    return reading


def _parsed(data: bytes) -> Calendar:
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not text.upper().startswith(b"BEGIN:VCALENDAR"):
        raise NothingTaken(Outcome.UNREADABLE)
    if not text.upper().endswith(b"END:VCALENDAR"):
        raise NothingTaken(Outcome.HALF)
    if text.count(b"BEGIN:VEVENT") > MOST_COMPONENTS:
        raise NothingTaken(Outcome.TOO_LARGE)
    try:
        parsed: Calendar = Calendar.from_ical(text)
    except BROKEN as error:
        raise NothingTaken(Outcome.UNREADABLE) from error
    return parsed


def _groups(calendar: Calendar) -> dict[str, list[Component]]:
    """Components by UID: an event, and the occurrences of it that differ."""
    groups: dict[str, list[Component]] = {}
    for number, component in enumerate(calendar.walk("VEVENT")):
        uid = str(component.get("UID", "")).strip() or f"without-{number}"
        groups.setdefault(uid, []).append(component)
    return groups


def _of_one(uid: str, components: list[Component], today: dt.datetime, end: dt.datetime) -> Iterator[Foreign]:
    regular = [component for component in components if "RECURRENCE-ID" not in component]
    others = [component for component in components if "RECURRENCE-ID" in component]
    if len(regular) == 1 and "RRULE" not in regular[0] and "RDATE" not in regular[0]:
        yield from _in_time([_foreign(uid, "", regular[0])], today, end)
        return
    if not all(_is_safe(component) for component in components):
        raise ValueError("hostile recurrence")
    mapped = _mapped(uid, regular[0], others) if len(regular) == 1 else None
    if mapped is not None:
        yield from [mapped] if mapped.recurrence_until is None or mapped.recurrence_until >= today.date() else []
        return
    yield from _in_time(_expanded(uid, components, today, end), today, end)


def _in_time(events: list[Foreign], today: dt.datetime, end: dt.datetime) -> list[Foreign]:
    return [event for event in events if (event.end or event.start) >= today and event.start < end]


def _is_safe(component: Component) -> bool:
    rule = component.get("RRULE")
    if isinstance(rule, list) or (rule is not None and not rules.is_harmless(rule)):
        return False
    return rule is None or _moment(component["DTSTART"].dt).year >= EARLIEST_YEAR


def _expanded(uid: str, components: list[Component], today: dt.datetime, end: dt.datetime) -> list[Foreign]:
    """Each occurrence as a date of its own."""
    calendar = Calendar()
    for component in components:
        limited = component.copy(recursive=True)
        if "RRULE" in limited:
            all_day = not isinstance(component["DTSTART"].dt, dt.datetime)
            limited["RRULE"] = rules.ended(component["RRULE"], end, all_day=all_day)
        calendar.add_component(limited)
    found: list[Foreign] = []
    for occurrence in recurring_ical_events.of(calendar, keep_recurrence_attributes=True).between(today, end):
        original = occurrence.get("RECURRENCE-ID", occurrence["DTSTART"]).dt
        found.append(_foreign(uid, _moment(original).isoformat(), occurrence))
        if len(found) > MOST_EVENTS:
            raise NothingTaken(Outcome.TOO_LARGE)
    return found


def _mapped(uid: str, regular: Component, others: list[Component]) -> Foreign | None:
    """The whole as one event that repeats; None when our events cannot say it."""
    foreign, start = _foreign(uid, "", regular), regular["DTSTART"].dt
    is_of_the_place = not isinstance(start, dt.datetime) or start.tzinfo is None or _zone(start) == time_zone.name()
    rule = rules.as_ours(regular["RRULE"], foreign.start) if is_of_the_place and "RDATE" not in regular else None
    if rule is None:
        return None
    changes = {day: Change(day) for day in _excluded(regular)}
    for other in others:
        changed = _foreign(uid, "", other)
        if _words(changed) != _words(foreign) or "RANGE" in other["RECURRENCE-ID"].params:
            return None
        day = _moment(other["RECURRENCE-ID"].dt).date()
        changes[day] = Change(day) if changed.is_cancelled else Change(day, changed.start, changed.end)
    if not is_accepted(rule.until, *changes):
        return None
    ordered = tuple(changes[day] for day in sorted(changes))
    return Foreign(
        **{**vars(foreign), "recurrence": rule.recurrence, "recurrence_until": rule.until, "changes": ordered}
    )


def _words(foreign: Foreign) -> tuple[str, str, str, bool]:
    return foreign.title, foreign.lead, foreign.place_name, foreign.all_day


def _excluded(regular: Component) -> Iterator[dt.date]:
    listed = regular.get("EXDATE", [])
    for dates in listed if isinstance(listed, list) else [listed]:
        for date in dates.dts:
            yield _moment(date.dt).date()


def _foreign(uid: str, occurrence: str, component: Component) -> Foreign:
    begin = component["DTSTART"].dt
    all_day = not isinstance(begin, dt.datetime)
    start, end = _moment(begin), _end(component, begin)
    if not is_accepted(start, end):
        raise ValueError("no date of our time")
    title = texts.line(component.get("SUMMARY", ""), 255)
    if not title:
        raise ValueError("without title")
    return Foreign(
        key=sha256(f"{uid}\n{occurrence}".encode("utf-8", "replace")).hexdigest(),
        title=title,
        lead=texts.line(component.get("DESCRIPTION", ""), 600),
        place_name=texts.line(component.get("LOCATION", ""), 200),
        start=start,
        end=end if end is not None and end > start else None,
        all_day=all_day,
        is_cancelled=str(component.get("STATUS", "")).upper() == "CANCELLED",
    )


def _end(component: Component, begin: dt.date) -> dt.datetime | None:
    """The end; for whole days the beginning of the last one, since iCalendar names the day after it."""
    if "DTEND" in component:
        end = component["DTEND"].dt
    elif "DURATION" in component:
        end = begin + component["DURATION"].dt
    else:
        return None
    return _moment(end) if isinstance(end, dt.datetime) else _moment(end - dt.timedelta(days=1))


def _zone(moment: dt.datetime) -> str:
    return str(getattr(moment.tzinfo, "key", ""))


def _moment(value: dt.date) -> dt.datetime:
    """In the time of the place; what has no zone is meant so, a day begins at midnight."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time.min, tzinfo=time_zone.zone())
    return value.replace(tzinfo=time_zone.zone()) if value.tzinfo is None else value.astimezone(time_zone.zone())
