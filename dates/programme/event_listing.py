"""The list of events: what an address asks for, day by day, and what is on regularly."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from uuid import UUID

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from cms.localization import languages
from cms.localization.reader_translation import translations
from cms.pages.isolation import read_each
from dates import periods, recurrence
from dates.council.sessions import start_of_today
from dates.events.event_page import EventPage
from dates.programme import event_filters, event_periods
from dates.programme.entries import EventEntry, OfferEntry, SessionEntry
from dates.programme.event_cards import Card, EventCard, OfferCard, SessionCard
from dates.programme.event_filters import Wanted
from dates.programme.event_months import Months
from dates.programme.event_search import Asked
from dates.programme.listed_event import ListedEvent
from dates.programme.programme import Programme
from dates.recurrence import Occurrence
from dates.series import EventSeries
from directory.profiles.filters import FilterChoice

PER_PAGE = 20
REGULAR_BESIDE = 6
"""Cards of what is on regularly beside the days; all of them have a list of their own."""
NEXT_DATES = 3
FAR = dt.timedelta(days=3660)


class EventListing:
    """What ``parameters`` ask of the programme below ``home``, a page of it at a time.

    What has one date in the list stands under its day. What has several is one card with its dates, however many there
    are, so that a weekly event does not push out what happens once.
    """

    def __init__(self, home: Page, parameters: Mapping[str, str], *, site: Site | None) -> None:
        self.parameters = parameters
        self.wanted = Wanted.by(parameters)
        self.asked = Asked(self.wanted, site=site)
        self.today = start_of_today()
        self.period = event_periods.asked(parameters, self.today)
        self.programme = Programme(home, site=site, since=min(self.period.since, self.today))

    # What was found

    @cached_property
    def _events(self) -> list[EventEntry]:
        return [entry for entry in self.programme.events if self.asked.finds(entry.marks)]

    @cached_property
    def _sessions(self) -> list[SessionEntry]:
        return [entry for entry in self.programme.sessions if self.asked.finds(entry.marks)]

    @cached_property
    def _offers(self) -> list[OfferEntry]:
        is_over = self.period.until is not None and self.period.until <= self.today
        return [] if is_over else [entry for entry in self.programme.offers if self.asked.finds(entry.marks)]

    def _is_within(self, moment: dt.datetime) -> bool:
        return self.period.since <= moment and (self.period.until is None or moment < self.period.until)

    def _dates_of(self, event: ListedEvent) -> list[Occurrence]:
        period = self.period
        if event.has_more_dates and period.until is None:
            return recurrence.coming(event, period.since, NEXT_DATES)
        return recurrence.occurrences(event, period.since, period.until or max(period.since, event.start) + FAR)

    @cached_property
    def _event_cards(self) -> list[EventCard]:
        found = read_each(self._events, lambda entry: EventCard(entry, self._dates_of(entry.event)))
        return sorted((card for card in found if card.dates), key=lambda card: card.start)

    def _offer_days(self, entry: OfferEntry) -> list[dt.date]:
        """Its days in a short period; else the first from the beginning of the period on."""
        weekday, first = entry.offer.weekday, periods.day_of(self.period.since)
        if self.period.is_of_days:
            return [day for day in self.period.days if day.isoweekday() == weekday]
        return [first + dt.timedelta(days=(weekday - first.isoweekday()) % 7)]

    @cached_property
    def _offer_cards(self) -> list[OfferCard]:
        return [OfferCard(entry, day) for entry in self._offers for day in self._offer_days(entry)]

    @cached_property
    def _dated(self) -> list[Card]:
        """What stands under its day, in order."""
        if self.period.when == event_periods.REGULAR:
            return []
        cards: list[Card] = [card for card in self._event_cards if len(card.dates) == 1]
        cards += [SessionCard(entry) for entry in self._sessions if self._is_within(entry.session.start)]
        cards += self._offer_cards if self.period.is_of_days else []
        return sorted(cards, key=lambda card: (self._day_of(card), card.start))

    @cached_property
    def _regular(self) -> list[Card]:
        """What is on again and again, by its next date."""
        cards: list[Card] = [card for card in self._event_cards if len(card.dates) > 1]
        cards += [] if self.period.is_of_days else self._offer_cards
        return sorted(cards, key=lambda card: card.start)

    def _day_of(self, card: Card) -> dt.date:
        """What began earlier and goes on stands under the first day."""
        return periods.day_of(max(card.start, self.period.since))

    # What is shown of it

    @cached_property
    def page(self) -> PageOfList:
        asked = self._regular if self.period.when == event_periods.REGULAR else self._dated
        return Paginator(asked, PER_PAGE).get_page(self.parameters.get("page", "1")[:9])

    @cached_property
    def days(self) -> list[tuple[dt.date, list[Card]]]:
        """The days of this page with their cards."""
        if self.period.when == event_periods.REGULAR:
            return []
        return [(day, self._with_words(cards)) for day, cards in groupby(self.page.object_list, key=self._day_of)]

    @cached_property
    def regular(self) -> list[Card]:
        """Cards of what is on regularly: all of the page, if asked for, else the first ones beside the days."""
        return self._with_words(self._regular_shown)

    @property
    def _regular_shown(self) -> list[Card]:
        if self.period.when == event_periods.REGULAR:
            return list(self.page.object_list)
        return self._regular[:REGULAR_BESIDE] if self.page.number == 1 else []

    @property
    def regular_count(self) -> int:
        return len(self._regular)

    @property
    def count(self) -> int:
        """Cards on all pages."""
        beside = 0 if self.period.when == event_periods.REGULAR else len(self._regular)
        return int(self.page.paginator.count) + beside

    @cached_property
    def _translations(self) -> dict[UUID, EventPage]:
        """Of the events that are shown, into the reader's language."""
        shown = [*self.page.object_list, *self._regular_shown]
        keys = [card.event.translation_key for card in shown if isinstance(card, EventCard)]
        if self.programme.reader == languages.SOURCE:
            return {}
        return {page.translation_key: page for page in translations(EventPage, keys, self.programme.reader)}

    def _with_words(self, cards: Iterable[Card]) -> list[Card]:
        return [
            replace(card, translation=self._translations.get(card.event.translation_key))
            if isinstance(card, EventCard)
            else card
            for card in cards
        ]

    @property
    def is_empty(self) -> bool:
        return not self.count

    @property
    def first_day(self) -> dt.date:
        return periods.day_of(self.today)

    @property
    def periods(self) -> list[tuple[str, str]]:
        return event_periods.labels(self.today)

    @property
    def more_regular(self) -> str:
        """The name of the list of all that is on regularly, where not all of it is shown."""
        is_short = self.period.when != event_periods.REGULAR and len(self._regular) > len(self._regular_shown)
        return event_periods.REGULAR if is_short and self._regular_shown else ""

    @cached_property
    def series(self) -> EventSeries | None:
        """The series that was asked for, if something of it is found."""
        key = self.wanted.values["series"]
        return next((entry.series for entry in self._events if entry.series), None) if key else None

    @cached_property
    def choices(self) -> dict[str, list[FilterChoice]]:
        return event_filters.choices(self.programme.marks, self.wanted)

    @property
    def free_count(self) -> int:
        return sum(marks.is_free for marks in self.programme.marks)

    @cached_property
    def months(self) -> Months:
        """The ways to other months."""
        starts = [entry.event.start for entry in self._events if not entry.event.has_more_dates]
        starts += [entry.session.start for entry in self._sessions]
        recurring = [entry.event for entry in self._events if entry.event.has_more_dates]
        return Months(starts, recurring, today=self.today, asked=self.period.month)
