"""From entries to the bytes of an iCalendar file (RFC 5545, RFC 7986). Knows no model and no request."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, pgettext
from icalendar import Calendar, Event, vDuration, vRecur, vText, vUri

from cms.localization import languages, notices
from cms.localization.clean_text import clean
from cms.localization.localized_text import LocalizedText
from cms.localization.reading_order import shown
from cms.routing.unchanged import FileOfContent
from dates.calendars import time_zone

Moment = dt.datetime | dt.date
"""A point in time, or a day of something that lasts all day."""


@dataclass(frozen=True)
class Entry:
    """One date, or with ``replaces`` one occurrence of a recurring date that differs from the others.

    ``end`` is the end itself, for whole days the last of them; None when it is not known. ``changed`` is when
    anything shown changed. ``recurrence`` is an RRULE value; ``excluded`` are starts at which nothing happens.
    """

    uid: str
    changed: dt.datetime
    sequence: int
    start: Moment
    end: Moment | None
    title: LocalizedText
    url: str
    description: LocalizedText | None = None
    location: LocalizedText | None = None
    is_cancelled: bool = False
    livestream_url: str = ""
    recurrence: str = ""
    excluded: tuple[Moment, ...] = ()
    replaces: Moment | None = None


PRODUCT = "-//Miteinander//Dates//EN"
REFRESH = dt.timedelta(hours=6)


def calendar(name: LocalizedText, entries: Iterable[Entry], *, url: str = "") -> bytes:
    """The file. The same entries give the same bytes, whenever it is written.

    There is no METHOD: with one, Outlook takes the file for an invitation.
    """
    written = Calendar()
    written.add("prodid", PRODUCT)
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    title = vText(shown(one_line(name), name.lang))  # icalendar would not escape a text whose name it does not know
    written.add("name", title, parameters=_language(name))
    written.add("x-wr-calname", vText(title))
    written.add("x-wr-timezone", time_zone.name())
    written.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    written.add("x-published-ttl", vDuration(REFRESH))
    if url:
        written.add("url", vUri(url))
    written.add_component(time_zone.component())
    for entry in entries:
        written.add_component(as_ical_event(entry))
    return written.to_ical()


def as_ical_event(entry: Entry) -> Event:
    """``entry`` as a VEVENT. Nobody is busy because the council meets: the time stays free."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    for name, value in _times(entry):
        event.add(name, value)
    _add(event, "summary", told(entry), entry.title)
    if entry.location:
        _add(event, "location", one_line(entry.location), entry.location)
    if entry.description:
        _add(event, "description", plain(entry.description), entry.description)
    event.add("url", vUri(entry.url))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if entry.livestream_url:
        event.add("conference", vUri(entry.livestream_url), parameters=_conference())
    return event


def _add(event: Event, name: str, text: str, words: LocalizedText) -> None:
    event.add(name, shown(text, words.lang), parameters=_language(words))


def _times(entry: Entry) -> Iterator[tuple[str, Any]]:
    yield "dtstart", _wall_clock(entry.start)
    if entry.end is not None:
        yield "dtend", _end(entry.end)
    if entry.recurrence:
        yield "rrule", vRecur.from_ical(entry.recurrence)
    if entry.excluded:
        yield "exdate", [_wall_clock(start) for start in entry.excluded]
    if entry.replaces is not None:
        yield "recurrence-id", _wall_clock(entry.replaces)


def _wall_clock(value: Moment) -> Moment:
    """In the time of the place: what is weekly at 16:00 stays so when the clocks change."""
    return value.astimezone(time_zone.zone()) if isinstance(value, dt.datetime) else value


def _end(last: Moment) -> Moment:
    """For whole days iCalendar names the day after the last one."""
    return _wall_clock(last) if isinstance(last, dt.datetime) else last + dt.timedelta(days=1)


def summary(entry: Entry) -> str:
    title = one_line(entry.title)
    if entry.is_cancelled:
        # Translators: title of a date in a calendar program that shows cancelled dates like all others.
        return pgettext("title in a calendar", "Cancelled: %(title)s") % {"title": title}
    return title


def told(entry: Entry) -> str:
    """The summary, with what is to be told of words in the reader's language; German ones are seen to be German."""
    if entry.title.lang != languages.active().code:
        return summary(entry)
    return notices.title_of(entry.title.saying(summary(entry)))


def _conference() -> dict[str, Any]:
    return {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": gettext("Livestream"), **_language(None)}


def _language(words: LocalizedText | None) -> dict[str, str]:
    """In which language a text is written (BCP 47), by default the reader's."""
    return {"LANGUAGE": words.lang if words is not None else languages.active().code}


def plain(text: str) -> str:
    """``text`` without what the format forbids, whatever is stored."""
    return clean(str.__str__(text))


def one_line(text: str) -> str:
    """``plain(text)`` for titles and places, which have no lines."""
    return re.sub(r"[\n\t ]+", " ", plain(text)).strip(" ")


def answer(
    request: HttpRequest, *, name: LocalizedText, entries: Iterable[Entry], file_name: str, page: str
) -> FileOfContent:
    """The calendar as a file that is shown or subscribed to; ``page`` is the path of what it belongs to.

    Programs may keep it, and ask each time whether it still holds.
    """
    data = calendar(name, entries, url=request.build_absolute_uri(page))
    response = FileOfContent(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(False, f"{file_name}.ics") or ""
    return response
