"""Takes over a list of school holidays: a calendar (ICS), or a spreadsheet with a name and two dates in each row."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from icalendar import Calendar

from cms.localization import formats
from cms.localization.accepted_dates import is_accepted
from cms.localization.clean_text import clean
from dates import recurrence
from dates.events.event_page import EventPage
from dates.holidays.school_holidays import SchoolHoliday
from directory.spreadsheet import reading
from directory.spreadsheet.limits import BadSpreadsheet

LONGEST = dt.timedelta(days=100)
MOST_BYTES = 2_000_000
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError)


class NoList(Exception):
    """Says in a sentence why nothing can be read."""


@dataclass
class TakenOver:
    new: int = 0
    known: int = 0
    faults: list[str] = field(default_factory=list)
    """A sentence for each row that was left out."""


def take_over(*, state: str, content: bytes) -> TakenOver:
    """Adds what is not there yet; nothing is removed. Raises NoList."""
    if len(content) > MOST_BYTES:
        raise NoList(_("This file is too large for a list of holidays."))
    result = TakenOver()
    found = _of_calendar(content) if b"BEGIN:VCALENDAR" in content[:2000] else _of_spreadsheet(content)
    with transaction.atomic():
        for where, name, first, last in found:
            fault = _fault(name, first, last)
            if fault or first is None or last is None:
                result.faults.append(f"{where}: {fault}")
                continue
            known = SchoolHoliday.objects.filter(state=state, first_day=first, last_day=last)
            if known.exists():
                result.known += 1
            else:
                SchoolHoliday.objects.create(state=state, name=name[:100], first_day=first, last_day=last)
                result.new += 1
    if not (result.new or result.known or result.faults):
        raise NoList(_("There are no holidays in this file: a name, a first and a last day in each row."))
    if result.new:
        reckon_again()
    return result


def reckon_again() -> None:
    """When courses of so many dates are over depends on the holidays between."""
    for event in EventPage.objects.filter(skips_school_holidays=True, recurrence__contains="COUNT").with_days():
        last = recurrence.last_occurrence(event)
        EventPage.objects.filter(pk=event.pk).update(last_end=last.over if last else None)


def _fault(name: str, first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None or not name:
        return _("A name and two dates are needed, for example: Osterferien; 22.03.2027; 03.04.2027")
    if not is_accepted(first, last):
        return _("Check the year.")
    if last < first or last - first > LONGEST:
        return _("Check the dates: %(days)s") % {"days": formats.date_range(first, last)}
    return ""


Found = Iterator[tuple[str, str, dt.date | None, dt.date | None]]


def _of_calendar(content: bytes) -> Found:
    try:
        entries = Calendar.from_ical(content).walk("VEVENT")
    except BROKEN as error:
        raise NoList(_("This calendar cannot be read.")) from error
    for number, entry in enumerate(entries, 1):
        where, name = _("Entry %(number)s") % {"number": number}, _line(str(entry.get("SUMMARY", "")))
        try:
            first = _day(entry["DTSTART"].dt)
            last = entry["DTEND"].dt if "DTEND" in entry else None
            is_day = last is not None and not isinstance(last, dt.datetime)
            last = last - dt.timedelta(days=1) if is_day else _day(last or first)  # the day after, in iCalendar
            yield where, name, first, max(first, last)
        except BROKEN:
            yield where, name, None, None


def _of_spreadsheet(content: bytes) -> Found:
    try:
        rows = reading.read(content)
    except BadSpreadsheet as error:
        raise NoList(str(error)) from error
    for row in rows:
        days = [day for cell in row.cells if (day := _date_in(cell))]
        names = [cell for cell in row.cells if cell.strip() and not _date_in(cell)]
        if not days and row is rows[0]:
            continue  # headings
        name = _line(names[0]) if names else ""
        where = _("Row %(number)s") % {"number": row.number}
        yield where, name, days[0] if days else None, days[min(1, len(days) - 1)] if days else None


def _date_in(cell: str) -> dt.date | None:
    text = cell.strip()
    german, iso = _GERMAN.fullmatch(text), _ISO.match(text)
    try:
        if german:
            return dt.date(int(german[3]), int(german[2]), int(german[1]))
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None
    except ValueError:
        return None


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _day(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
