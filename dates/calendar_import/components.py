"""From the lines of an event to its values, as icalendar reads them; one that cannot be read costs itself."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from icalendar import Event, Timezone
from icalendar.timezone import tzp

from cms.localization.accepted_dates import is_accepted
from dates.calendar_import import texts
from dates.calendar_import.foreign import Foreign
from dates.calendar_import.source_lines import name_of, value_of
from dates.calendar_import.texts import without_cancellation
from dates.calendars import time_zone

Component = Any
"""A VEVENT; what icalendar says of its values is a union of all there are."""
SEVERAL = {"RRULE", "RDATE", "EXDATE", "EXRULE"}
OF_TIME = SEVERAL | {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"}
READ = OF_TIME | {"UID", "SUMMARY", "DESCRIPTION", "X-ALT-DESC", "LOCATION", "URL", "STATUS", "SEQUENCE"}
CLOCK = re.compile(r"(\d{8})T(\d{2})(\d{2})(\d{2})?")
CANCELLED = {"CANCELLED", "CANCELED"}
MIDNIGHT = dt.time()
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError, LookupError)
"""What icalendar and dateutil raise over nonsense."""


@dataclass(frozen=True)
class Named:
    """An event with its identifier: a UID, or, without one, nothing but its content."""

    uid: str
    component: Component
    is_private: bool = False

    @property
    def is_exception(self) -> bool:
        return "RECURRENCE-ID" in self.component


def know_zones(zones: list[list[str]]) -> None:
    """Time zones that the calendar describes; those of calendars read before are forgotten."""
    tzp.use_default()
    for lines in zones:
        try:
            Timezone.from_ical("\r\n".join(["BEGIN:VTIMEZONE", *lines, "END:VTIMEZONE", ""]))
        except BROKEN:
            continue  # its name may be known all the same


def component_of(lines: list[str]) -> Component:
    """Of the lines of an event those that are understood; a property that there is once is the first of its name."""
    kept: list[str] = []
    seen: set[str] = set()
    for line in lines:
        name = name_of(line)
        if name in READ and (name in SEVERAL or name not in seen):
            seen.add(name)
            kept.append(_timely(line) if name in OF_TIME else line.strip())
    return Event.from_ical("\r\n".join(["BEGIN:VEVENT", *kept, "END:VEVENT", ""]))


def _timely(line: str) -> str:
    """Without blanks in its value; times as the format has them, also where they have no seconds, or the hour 24."""
    value = value_of(line)
    return line[: len(line) - len(value)].strip() + CLOCK.sub(_clock, re.sub(r"\s", "", value))


def _clock(found: re.Match[str]) -> str:
    day, hour, minute, second = found[1], found[2], found[3], found[4] or "00"
    if (hour, minute, second) == ("24", "00", "00"):
        day, hour = f"{dt.datetime.strptime(day, '%Y%m%d') + dt.timedelta(days=1):%Y%m%d}", "00"
    return f"{day}T{hour}{minute}{'59' if second == '60' else second}"


def uid_in(lines: list[str]) -> str:
    return next((value_of(line).strip() for line in lines if name_of(line) == "UID"), "")


def title_in(lines: list[str]) -> str:
    """For people who are told what could not be read."""
    return texts.line(next((value_of(line) for line in lines if name_of(line) == "SUMMARY"), ""), 80)


def foreign_of(component: Component, *, key: str, family: str, uid: str) -> Foreign:
    """The event without its rule. Raises one of ``BROKEN``."""
    begin = component["DTSTART"].dt
    start, end = moment(begin), _end(component, begin)
    is_whole = not isinstance(begin, dt.datetime)
    if not is_whole and end is not None and start < end and start.time() == end.time() == MIDNIGHT:
        is_whole, end = True, moment(end.date() - dt.timedelta(days=1))  # as programs write it that know no days
    if not is_accepted(start, end):
        raise ValueError("no date of our time")
    title, is_cancelled = without_cancellation(texts.line(component.get("SUMMARY", ""), 255))
    if not title:
        raise ValueError("without title")
    said = component.get("DESCRIPTION", "") or component.get("X-ALT-DESC", "")
    lead, body = texts.description(said, component.get("URL", ""), 600)
    return Foreign(
        key=key,
        family=family,
        uid=uid,
        title=title,
        lead=lead,
        body=body,
        place_name=texts.lines(component.get("LOCATION", ""), 200),
        start=start,
        end=end if end is not None and end > start else None,
        all_day=is_whole,
        is_cancelled=is_cancelled or str(component.get("STATUS", "")).strip().upper() in CANCELLED,
    )


def _end(component: Component, begin: dt.date) -> dt.datetime | None:
    """The end; for whole days the beginning of the last one, since iCalendar names the day after it."""
    if "DTEND" in component:
        end = component["DTEND"].dt
    elif "DURATION" in component:
        end = begin + component["DURATION"].dt
    else:
        return None
    return moment(end) if isinstance(end, dt.datetime) else moment(end - dt.timedelta(days=1))


def moment(value: dt.date) -> dt.datetime:
    """In the time of the place; what has no zone is meant so, a day begins at midnight."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time.min, tzinfo=time_zone.zone())
    return value.replace(tzinfo=time_zone.zone()) if value.tzinfo is None else value.astimezone(time_zone.zone())
