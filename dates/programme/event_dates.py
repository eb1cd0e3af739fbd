"""The single dates of events, as lists show them: a weekly event is in a list as often as it takes place."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db.models import prefetch_related_objects

from cms.localization.localized_text import LocalizedText
from cms.localization.page_words import PageWords
from cms.pages.isolation import read_each
from dates import recurrence
from dates.events.event_page import EventPage
from dates.events.event_queryset import EventQuerySet
from dates.recurrence import Occurrence


@dataclass(frozen=True)
class EventDate:
    """One occurrence of an event, with what a list says of both."""

    event: EventPage
    occurrence: Occurrence

    @property
    def start(self) -> dt.datetime:
        return self.occurrence.start

    @property
    def is_cancelled(self) -> bool:
        return self.occurrence.is_cancelled

    @property
    def is_example(self) -> bool:
        return self.event.is_example

    @property
    def words(self) -> PageWords:
        return self.event.words

    @property
    def place_label(self) -> LocalizedText:
        return self.event.place_label

    @property
    def reader_path(self) -> str:
        return self.event.reader_path


def between(events: Iterable[EventPage], since: dt.datetime, until: dt.datetime) -> list[EventDate]:
    """All dates of ``events`` that are not over before ``since`` and begin before ``until``, in order."""

    def of(event: EventPage) -> list[EventDate]:
        return [EventDate(event, date) for date in recurrence.occurrences(event, since, until)]

    return sorted(chain.from_iterable(read_each(events, of)), key=lambda date: date.start)


def next_of(events: Iterable[EventPage]) -> list[EventDate]:
    """The next date of each event, in order."""
    found = read_each(events, lambda event: (event, event.next_occurrence))
    return sorted((EventDate(event, date) for event, date in found if date), key=lambda date: date.start)


def last_of(events: Iterable[EventPage]) -> list[EventDate]:
    """The last date of each event that has one, in the order given."""
    found = read_each(events, lambda event: (event, recurrence.last_occurrence(event)))
    return [EventDate(event, occurrence) for event, occurrence in found if occurrence]


def upcoming(events: EventQuerySet, count: int) -> list[EventDate]:
    """The next ``count`` dates among ``events``, one of each, with words in the reader's language."""
    dates = next_of(events.next_among(count).for_cards())[:count]
    prefetch_related_objects([date.event for date in dates], "reader_translation")
    return dates
