"""Which dates belong into which calendar: only what every visitor may see, in a number of queries that never grows."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from django.db.models import Q
from django.http import HttpRequest

from cms.pages.isolation import read_each
from cms.routing import sites
from dates import recurrence
from dates.calendars import event_entries, period, sentences
from dates.calendars.atom import Ahead
from dates.calendars.document import Entry
from dates.council.session_addresses import page_showing, pages_of_councils
from dates.council.sessions import CouncilSession, start_of_today
from dates.events.event_page import EventPage, EventQuerySet
from dates.programme.event_filters import Wanted, in_words
from dates.programme.event_search import Asked
from dates.programme.programme import Programme


class Chosen:
    """The events and sessions that the filters in an address leave, as in the list of events."""

    def __init__(self, request: HttpRequest) -> None:
        self.wanted = Wanted.by(request.GET)
        site = sites.of_request(request)
        self._asked = Asked(self.wanted, site=site)
        self._programme = (
            Programme(sites.home_of(request), site=site, since=period.beginning()) if self.wanted else None
        )

    @property
    def in_words(self) -> list[str]:
        return in_words(self._programme.marks, self.wanted) if self._programme else []

    @property
    def events(self) -> Q:
        if self._programme is None:
            return Q()
        return Q(pk__in=[each.event.pk for each in self._programme.events if self._asked.finds(each.marks)])

    @property
    def sessions(self) -> Q:
        if self._programme is None:
            return Q()
        return Q(pk__in=[each.session.pk for each in self._programme.sessions if self._asked.finds(each.marks)])


def events(request: HttpRequest, chosen: Chosen | None = None) -> EventQuerySet:
    """The public events of the site, those of organisations too, since the previous year."""
    return (
        EventPage.objects.listed()
        .filter(chosen.events if chosen else Q())
        .descendant_of(sites.home_of(request))
        .filter(Q(last_end=None) | Q(last_end__gte=period.beginning()))
        .order_by("start", "pk")
    )


def event_entries_of(events: EventQuerySet, request: HttpRequest) -> list[Entry]:
    def of(event: EventPage) -> list[Entry]:
        return event_entries.entries_of(event, request.build_absolute_uri(event.reader_path))

    return list(chain.from_iterable(read_each(_listed(events), of)))


def _listed(events: EventQuerySet) -> EventQuerySet:
    return events.select_related("place", "organiser").with_days().defer("body").with_words()


def ahead(request: HttpRequest, chosen: Chosen | None = None) -> Iterator[Ahead]:
    """What comes from today on, each date once, with the time at which it takes place next."""
    today = start_of_today()

    def of(event: EventPage) -> Ahead | None:
        occurrence = recurrence.next_taking_place(event, today)
        if occurrence is None:
            return None
        regular = event_entries.entries_of(event, request.build_absolute_uri(event.reader_path))[0]
        return Ahead(regular, event_entries.when(event, occurrence), occurrence.start)

    yield from filter(None, read_each(_listed(events(request, chosen).upcoming()), of))
    for entry in session_entries(request, chosen):
        if isinstance(entry.start, dt.datetime) and entry.start >= today:
            yield Ahead(entry, sentences.when(entry.start, entry.end), entry.start)


def session_entries(request: HttpRequest, chosen: Chosen | None = None) -> list[Entry]:
    """The public sessions of all councils that have a page on the site, since the previous year."""
    by_body = pages_of_councils(sites.home_of(request))
    sessions = CouncilSession.objects.public().met_by_any(by_body).filter(start__gte=period.beginning()).with_facts()
    sessions = sessions.prefetch_related("former_addresses").filter(chosen.sessions if chosen else Q())
    return read_each(
        sessions.order_by("start", "pk"), lambda each: page_showing(each, by_body).session_entry(each, request)
    )
