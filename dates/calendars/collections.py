"""Which dates belong into which calendar: only what every visitor may see, in a number of queries that never grows."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from django.db.models import Q
from django.http import HttpRequest

from cms.frame import Frame
from dates import recurrence
from dates.calendars import event_entries, period, sentences
from dates.calendars.entries import Entry
from dates.event import EventPage, EventQuerySet
from dates.feeds import Ahead
from dates.recurrence import Occurrence
from dates.session_addresses import pages_of_councils
from dates.sessions import CouncilSession, start_of_today


def events(request: HttpRequest) -> EventQuerySet:
    """The public events of the site, those of organisations too, since the previous year."""
    return (
        EventPage.objects.listed()
        .descendant_of(Frame.of(request).root)
        .filter(Q(last_end=None) | Q(last_end__gte=period.beginning()))
        .order_by("start", "pk")
    )


def event_entries_of(events: EventQuerySet, request: HttpRequest) -> list[Entry]:
    addressed = ((event, request.build_absolute_uri(event.reader_path)) for event in _listed(events))
    return list(chain.from_iterable(event_entries.entries_of(event, url) for event, url in addressed))


def _listed(events: EventQuerySet) -> list[EventPage]:
    return events.select_related("place", "organiser").prefetch_related("exceptions").defer("body").worded()


def ahead(request: HttpRequest) -> Iterator[Ahead]:
    """What comes from today on, each date once, with the time at which it takes place next."""
    today = start_of_today()
    for event in _listed(events(request).upcoming()):
        occurrence = _next(event, today)
        if occurrence is not None:
            regular = event_entries.entries_of(event, request.build_absolute_uri(event.reader_path))[0]
            yield Ahead(regular, event_entries.when(event, occurrence), occurrence.start)
    for entry in session_entries(request):
        if isinstance(entry.start, dt.datetime) and entry.start >= today:
            yield Ahead(entry, sentences.when(entry.start, entry.end), entry.start)


def _next(event: EventPage, today: dt.datetime) -> Occurrence | None:
    """A day on which the others' event is cancelled is not its next one."""
    found = recurrence.occurrences(event, today, max(today, event.start) + recurrence.LONGEST_PAUSE)
    return next((each for each in found if event.is_cancelled or not each.is_cancelled), None)


def session_entries(request: HttpRequest) -> list[Entry]:
    """The public sessions of all councils that have a page on the site, since the previous year."""
    by_body = pages_of_councils(Frame.of(request).root)
    sessions = CouncilSession.objects.public().filter(body__in=by_body, start__gte=period.beginning()).with_facts()
    return [by_body[session.body_id].session_entry(session, request) for session in sessions.order_by("start", "pk")]
