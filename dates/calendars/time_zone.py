"""The time zone of the calendars, written out for programs that do not know it by name."""

from zoneinfo import ZoneInfo

from icalendar import Component, Timezone

NAME = "Europe/Berlin"
BERLIN = ZoneInfo(NAME)

RULES = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""Directive 2000/84/EC: summer time begins and ends on the last Sundays of March and October, at 1:00 UTC.

Fixed text: what icalendar derives from the time zone database is a list of dates that ends one day.
"""


def component() -> Component:
    return Timezone.from_ical(RULES)
