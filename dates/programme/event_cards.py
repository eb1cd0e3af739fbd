"""Cards of a list of events: what is on once, and what is on again and again, with its next dates."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import cached_property

from cms.localization import formats, languages
from cms.localization.localized_text import LocalizedText
from cms.localization.page_words import PageWords
from dates import periods
from dates.council.sessions import CouncilSession
from dates.events.event_page import EventPage
from dates.programme.entries import EventEntry, OfferEntry, Organiser, SessionEntry
from dates.programme.listed_event import ListedEvent
from dates.recurrence import Occurrence
from directory.models import Offer

MOST_DATES = 6
"""Of what takes place more often, a card says how many dates more there are."""


def spoken(codes: list[str]) -> list[LocalizedText]:
    """Names of languages in themselves, so that who speaks one finds it; the reader's name of one without."""
    return [_named(code) for code in codes]


def _named(code: str) -> LocalizedText:
    if own := languages.own_name(code):
        return LocalizedText(own, code)
    reader = languages.active().code
    return LocalizedText(languages.name_in(code, reader), reader)


@dataclass(frozen=True)
class EventCard:
    """An event with its dates in the list: one, or those to come."""

    entry: EventEntry
    dates: list[Occurrence]
    translation: EventPage | None = None
    """Into the reader's language; of what a list shows, it is read before."""
    template = "dates/programme/includes/event_card.html"

    @property
    def event(self) -> ListedEvent:
        return self.entry.event

    @property
    def first(self) -> Occurrence:
        return self.dates[0]

    @property
    def start(self) -> dt.datetime:
        return self.first.start

    @property
    def shown(self) -> list[Occurrence]:
        return self.dates[:MOST_DATES]

    @property
    def more(self) -> int:
        return len(self.dates) - len(self.shown)

    @property
    def is_cancelled(self) -> bool:
        """The only date, or all of them; of others each date says it."""
        return all(date.is_cancelled for date in self.dates)

    @property
    def is_within_a_day(self) -> bool:
        date = self.first
        return date.end is None or periods.day_of(date.start) == periods.day_of(date.end)

    @cached_property
    def hours(self) -> tuple[dt.time, dt.time | None] | None:
        """From when to when it is on all its dates; None if that differs, or if only the days count."""
        if self.first.all_day:
            return None
        hours = {_hours(date) for date in self.dates if not date.is_cancelled} or {_hours(self.first)}
        return hours.pop() if len(hours) == 1 else None

    @property
    def words(self) -> PageWords:
        return PageWords(self.translation) if self.translation else self.event.words

    @property
    def place(self) -> LocalizedText:
        return self.event.place_label

    @property
    def organiser(self) -> Organiser | None:
        return self.entry.organiser

    @property
    def spoken(self) -> list[LocalizedText]:
        return spoken(self.event.language_codes)


def _hours(date: Occurrence) -> tuple[dt.time, dt.time | None]:
    return formats.local(date.start).time(), formats.local(date.end).time() if date.end else None


@dataclass(frozen=True)
class SessionCard:
    entry: SessionEntry
    template = "dates/council/includes/session_card.html"

    @property
    def session(self) -> CouncilSession:
        return self.entry.session

    @property
    def start(self) -> dt.datetime:
        return self.session.start


@dataclass(frozen=True)
class OfferCard:
    """A regular offer, on the day from which on it is listed."""

    entry: OfferEntry
    day: dt.date
    template = "dates/programme/includes/offer_card.html"

    @property
    def offer(self) -> Offer:
        return self.entry.offer

    @property
    def words(self) -> PageWords:
        return self.entry.words

    @property
    def start(self) -> dt.datetime:
        return periods.at(self.day, self.offer.starts)

    @property
    def end(self) -> dt.datetime | None:
        return periods.at(self.day, self.offer.ends) if self.offer.ends else None

    @property
    def spoken(self) -> list[LocalizedText]:
        return spoken(self.offer.language_codes)


Card = EventCard | SessionCard | OfferCard
