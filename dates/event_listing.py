"""The list of events: which dates an address asks for, by week and by month."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property
from wagtail.models import Page

from cms import languages
from cms.pages import give_words
from dates import event_dates, event_filters, periods, recurrence, weekly_offers
from dates.event import EventPage
from dates.event_dates import EventDate
from dates.series import EventSeries
from dates.sessions import start_of_today
from directory.listing import Choice
from directory.models import Offer

ENOUGH = 12
"""A list without a chosen month adds months until it has so many dates."""
FRIDAY = 5


@dataclass(frozen=True)
class Day:
    date: dt.date
    dates: list[EventDate]
    offers: list[Offer]


@dataclass(frozen=True)
class Month:
    first: dt.date
    dates: list[EventDate]


class EventListing:
    """What ``parameters`` ask of the events below ``home``: a month (``month=2026-12``), or all from today on.

    Events are read once and filtered in memory, as in the directory: the counts beside the filters need them all, and
    no database knows a rule of recurrence. As many queries, whatever is asked.
    """

    def __init__(self, home: Page, parameters: Mapping[str, str]) -> None:
        self.home = home
        self.wanted = {name: parameters.get(name, "") for name in event_filters.FILTERS}
        self.asked_month = periods.month_named(parameters.get("month", ""))
        self.today = start_of_today()
        self.this_month = periods.month_of(self.today.date())

    @property
    def is_filtered(self) -> bool:
        return any(self.wanted.values())

    @property
    def since(self) -> dt.datetime:
        """From when on dates are listed; of the month that goes on nothing that is over."""
        if self.asked_month is None or self.asked_month == self.this_month:
            return self.today
        return periods.beginning(self.asked_month)

    @cached_property
    def everything(self) -> list[EventPage]:
        events = EventPage.objects.listed().descendant_of(self.home).since(min(self.since, self.today))
        listed = list(events.for_cards().select_related("series").prefetch_related("topics"))
        give_words(listed, EventPage, languages.active().code)
        return listed

    @cached_property
    def found(self) -> list[EventPage]:
        return [event for event in self.everything if event_filters.match(event_filters.marks_of(event), self.wanted)]

    def _dates(self, begin: dt.datetime, end: dt.datetime) -> list[EventDate]:
        """Dates that stand between these: each once, where it begins, or at the top when it goes on by then."""
        found = event_dates.between(self.found, begin, end)
        return [date for date in found if max(date.start, self.since) >= begin]

    @property
    def is_weekend(self) -> bool:
        return self.today.isoweekday() > FRIDAY

    @cached_property
    def week_end(self) -> dt.datetime:
        """The end of Sunday; at the weekend that of the next one, since little is left of the week."""
        days = 8 - self.today.isoweekday() + (7 if self.is_weekend else 0)
        return periods.beginning(self.today.date() + dt.timedelta(days=days))

    @cached_property
    def week(self) -> list[Day]:
        """Days from today on that have something; empty when a month was asked for."""
        if self.asked_month:
            return []
        dates = self._dates(self.today, self.week_end)
        listed, day = [], self.today.date()
        while day < self.week_end.date():
            of_day = [date for date in dates if max(periods.day_of(date.start), self.today.date()) == day]
            offers = [offer for offer in self.offers if offer.weekday == day.isoweekday()]
            listed.append(Day(day, of_day, offers))
            day += dt.timedelta(days=1)
        return [day for day in listed if day.dates or day.offers]

    @cached_property
    def offers(self) -> list[Offer]:
        weekdays = range(1 if self.is_weekend else self.today.isoweekday(), 8)
        offers = weekly_offers.below(self.home, weekdays)
        return [offer for offer in offers if event_filters.match(event_filters.marks_of_offer(offer), self.wanted)]

    @cached_property
    def months(self) -> list[Month]:
        """The month that was asked for; else what follows the week: months that have something, until it is enough."""
        if self.asked_month:
            return [self._month(self.asked_month, self.since)]
        listed: list[Month] = []
        begin, first = self.week_end, self._next_month(self.week_end)
        while first and sum(len(month.dates) for month in listed) < ENOUGH:
            listed.append(self._month(first, max(begin, periods.beginning(first))))
            begin = periods.beginning(periods.following(first))
            first = self._next_month(begin)
        return listed

    def _next_month(self, begin: dt.datetime) -> dt.date | None:
        """The month of the first date that begins then or later."""
        starts = [start for event in self.found if (start := recurrence.next_start(event, begin))]
        return periods.month_of(periods.day_of(min(starts))) if starts else None

    def _month(self, first: dt.date, begin: dt.datetime) -> Month:
        return Month(first, self._dates(begin, periods.beginning(periods.following(first))))

    @cached_property
    def next_month(self) -> dt.date | None:
        """The next month after those listed that has something."""
        return self._next_month(periods.beginning(periods.following(self.months[-1].first))) if self.months else None

    @property
    def previous_month(self) -> dt.date | None:
        """The month before the one asked for, down to the current one: what is over is in the archive."""
        ahead = self.asked_month and self.asked_month > self.this_month
        return periods.preceding(self.asked_month) if self.asked_month and ahead else None

    @property
    def asked_month_name(self) -> str:
        return periods.name_of(self.asked_month)

    @property
    def next_month_name(self) -> str:
        return periods.name_of(self.next_month)

    @property
    def previous_month_name(self) -> str:
        return periods.name_of(self.previous_month)

    @property
    def is_empty(self) -> bool:
        return not self.week and not any(month.dates for month in self.months)

    @cached_property
    def series(self) -> EventSeries | None:
        """The series that was asked for."""
        asked = (event.series for event in self.found if event.series and self.wanted["series"])
        return next(asked, None)

    @cached_property
    def choices(self) -> dict[str, list[Choice]]:
        return event_filters.choices([event_filters.marks_of(event) for event in self.everything], self.wanted)
