"""Which dates belong into which calendar: only what every visitor may see, in a number of queries that never grows."""

from collections.abc import Iterable
from itertools import chain

from django.db.models import Q
from django.http import HttpRequest

from cms.frame import Frame
from dates.calendars import event_entries, period
from dates.calendars.entries import Entry
from dates.council import CouncilPage
from dates.event import EventPage, EventQuerySet
from dates.sessions import CouncilSession


def events(request: HttpRequest) -> EventQuerySet:
    """The public events of the site, those of organisations too, since the previous year."""
    return (
        EventPage.objects.listed()
        .descendant_of(Frame.of(request).root)
        .filter(Q(last_end=None) | Q(last_end__gte=period.beginning()))
        .order_by("start", "pk")
    )


def event_entries_of(events: EventQuerySet, request: HttpRequest) -> list[Entry]:
    listed = events.select_related("place", "organiser").prefetch_related("exceptions").defer("body").worded()
    addressed = ((event, request.build_absolute_uri(event.reader_path)) for event in listed)
    return list(chain.from_iterable(event_entries.entries_of(event, url) for event, url in addressed))


def session_entries(request: HttpRequest) -> list[Entry]:
    """The public sessions of all councils that have a page on the site, since the previous year."""
    pages: Iterable[CouncilPage] = CouncilPage.objects.listed().descendant_of(Frame.of(request).root)
    by_body = {page.council_id: page for page in pages if page.council_id}
    sessions = CouncilSession.objects.public().filter(body__in=by_body, start__gte=period.beginning()).with_facts()
    return [by_body[session.body_id].session_entry(session, request) for session in sessions.order_by("start", "pk")]
