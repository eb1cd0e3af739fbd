"""What is on in a city: events, sessions of councils, regular offers, each with what it is found by.

All of it is read once, few columns of many rows, and narrowed down in memory: the counts beside the filters need it
all, and no database knows a rule of recurrence. How many queries that takes does not depend on what there is.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from cms.localization.page_words import RowInWords
from cms.pages.isolation import read_each
from dates.council.session_addresses import pages_of_councils, prefetch_paths
from dates.council.session_notices import Offered, Openness
from dates.council.sessions import CouncilSession, Status
from dates.events.event_page import EventPage
from dates.places import Place
from dates.programme import entries
from dates.programme.entries import EventEntry, OfferEntry, Organiser, SessionEntry
from dates.programme.event_districts import Addresses
from dates.programme.event_filters import Marks
from dates.programme.listed_event import ListedEvent, listed
from dates.series import EventSeries
from directory.models import District, OrganisationPage, Topic


class Programme:
    """What is on below ``home`` and not over before ``since``."""

    def __init__(self, home: Page, *, site: Site | None, since: dt.datetime) -> None:
        self.home, self.site, self.since = home, site, since
        self.reader = languages.active().code

    # What there is

    @cached_property
    def events(self) -> list[EventEntry]:
        return read_each(self._events, self._event_entry)

    @cached_property
    def sessions(self) -> list[SessionEntry]:
        """Not those that were withdrawn: a cancelled one is named, because people know its date."""
        pages = pages_of_councils(self.home)
        public = CouncilSession.objects.public().met_by_any(pages).filter(start__gte=self.since)
        sessions = list(public.exclude(status=Status.WITHDRAWN).select_related("body", "place").order_by("start", "pk"))
        prefetch_paths(sessions, self.home)
        return read_each(sessions, self._session_entry)

    @cached_property
    def offers(self) -> list[OfferEntry]:
        offers = entries.below(self.home)
        topics = self._topics_of(OrganisationPage, {row.source.organisation_id for row in offers})

        def entry(row: RowInWords) -> OfferEntry:
            organiser = self._organisers[row.source.organisation_id]
            marks = self._marks_of_offer(row, organiser, topics[organiser.pk])
            return OfferEntry(row.source, row.words, organiser, marks)

        return read_each(offers, entry)

    @property
    def marks(self) -> list[Marks]:
        """Of all that can be counted: dates that people may choose among."""
        return [entry.marks for entry in (*self.events, *self.sessions)]

    # What is read for it

    @cached_property
    def _events(self) -> list[ListedEvent]:
        events = listed(EventPage.objects.listed().descendant_of(self.home).since(self.since))
        for event in events:
            event.place = self._places.get(event.place_id) if event.place_id else None
        return events

    @cached_property
    def _event_topics(self) -> dict[int, list[Topic]]:
        return self._topics_of(EventPage, {event.pk for event in self._events})

    @cached_property
    def _organisers(self) -> dict[int, Organiser]:
        """Those of this site, and those of others that hold something here."""
        wanted = Q(path__startswith=self.home.path) | Q(pk__in={event.organiser_id for event in self._events} - {None})
        rows = OrganisationPage.objects.sources().filter(wanted)
        columns = "pk slug title native_name native_language district_id street postal_code url_path path".split()
        return {row[0]: Organiser(*row) for row in rows.order_by().values_list(*columns)}

    @cached_property
    def _places(self) -> dict[int, Place]:
        return {place.pk: place for place in Place.objects.order_by()}

    @cached_property
    def _districts(self) -> dict[int, District]:
        return {district.pk: district for district in District.objects.filter(site=self.site).order_by()}

    @cached_property
    def _series(self) -> dict[int, EventSeries]:
        return {series.pk: series for series in EventSeries.objects.order_by()}

    @cached_property
    def _topics(self) -> dict[int, Topic]:
        return {topic.pk: topic for topic in Topic.objects.order_by()}

    @cached_property
    def _label_of(self) -> dict[Topic | District | EventSeries, LocalizedText]:
        """The label of each, worked out once."""
        rows = (*self._topics.values(), *self._districts.values(), *self._series.values())
        return {row: row.label for row in rows}

    def _labels(self, rows: Iterable[Topic | District | EventSeries | None]) -> dict[str, LocalizedText]:
        return {row.key: self._label_of[row] for row in rows if row}

    def _topics_of(self, model: type[Page], pks: Iterable[int]) -> dict[int, list[Topic]]:
        """With the main topic of each: who looks for that looks for what is below it as well."""
        name = f"{model._meta.model_name}_id"
        found = defaultdict(list)
        rows = model.topics.through.objects.filter(**{f"{name}__in": list(pks)})  # type: ignore[attr-defined]
        for page, topic in rows.values_list(name, "topic_id"):
            found[page] += filter(None, (self._topics[topic], self._topics.get(self._topics[topic].parent_id)))
        return found

    @cached_property
    def _addresses(self) -> Addresses:
        organisers = ((each.street, each.postal_code, each.district) for each in self._organisers.values())
        places = ((place.street, place.postal_code, place.district_id) for place in self._places.values())
        known = [
            (street, code, district) for street, code, district in (*organisers, *places) if district in self._districts
        ]
        return Addresses(known, ((district.pk, district.name) for district in self._districts.values()))

    # By what each is found

    def _event_entry(self, event: ListedEvent) -> EventEntry:
        organiser = self._organisers.get(event.organiser_id)
        series = self._series.get(event.series_id)
        values = {
            "topic": self._labels(self._event_topics.get(event.pk, ())),
            "language": self._language_labels(event.language_codes),
            "district": self._labels([self._district_of(event, organiser)]),
            "organiser": {organiser.slug: organiser.name} if organiser else {},
            "series": self._labels([series]),
        }
        marks = Marks(values, ("event", event.pk), event.is_free)
        return EventEntry(event, organiser, series, marks)

    def _district_of(self, event: ListedEvent, organiser: Organiser | None) -> District | None:
        """Where the place is; as far as its address tells, if it is not in the list; else where the organiser is."""
        place = event.place
        if place and place.district_id:
            return self._districts.get(place.district_id)
        if place:
            found = self._addresses.district_of(f"{place.street}, {place.city}", place.postal_code)
            return self._districts.get(found) if found else None
        found = self._addresses.district_of(event.place_name) if event.place_name else None
        found = found or (organiser.district if organiser else None)
        return self._districts.get(found) if found else None

    def _session_entry(self, session: CouncilSession) -> SessionEntry:
        interpreted = session.interpreters in (Offered.YES, Offered.ON_REQUEST)
        district = self._districts.get(session.place.district_id) if session.place else None
        values = {
            "language": self._language_labels(
                [languages.SOURCE, *(session.interpreter_languages if interpreted else ())]
            ),
            "district": self._labels([district]),
            "organiser": {session.body.key: session.body.label},
        }
        marks = Marks(values, ("session", session.pk), session.openness != Openness.CLOSED)
        return SessionEntry(session, marks)

    def _marks_of_offer(self, row: RowInWords, organiser: Organiser, topics: list[Topic]) -> Marks:
        """A regular offer is found by what its organisation is found by."""
        offer, words = row.source, row.words
        district = self._districts.get(organiser.district) if organiser.district else None
        values = {
            "topic": self._labels(topics),
            "language": dict.fromkeys(offer.language_codes, ""),
            "district": self._labels([district]),
            "organiser": {organiser.slug: organiser.name},
        }
        texts = [(text, languages.SOURCE) for text in (offer.what, offer.place, organiser.title)]
        texts += [(text.plain, words.lang) for text in (words.what, words.place)]
        texts += [(organiser.native_name, organiser.native_language)]
        return Marks(values, ("organisation", organiser.pk), texts=texts)

    def _language_labels(self, codes: Iterable[str]) -> dict[str, str]:
        for code in codes:
            if code not in self._language_names:
                self._language_names[code] = languages.name_in(code, self.reader)
        return {code: self._language_names[code] for code in codes}

    @cached_property
    def _language_names(self) -> dict[str, str]:
        return {}
