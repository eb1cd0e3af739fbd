"""The collection of events, each with the times at which it takes place."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from cms.open_data import kinds
from cms.open_data.collections import Collection, Field, Question, simple
from cms.open_data.kinds import CODE, EMAIL, FLAG, KEY, MOMENT, PHONE, TEXT, URL, WORDS
from cms.pages.isolation import read_each
from cms.routing.restrictions import may_name
from dates import recurrence
from dates.events.event_page import EventPage
from dates.events.event_queryset import EventQuerySet
from dates.open_data import periods
from dates.places import Place

PLACE = kinds.parts(key=TEXT, name=WORDS, street=TEXT, postal_code=TEXT, city=TEXT, step_free=TEXT)
ORGANISER = kinds.parts(id=KEY, name=TEXT)
OCCURRENCES = kinds.many(kinds.parts(start=MOMENT, end=MOMENT, is_cancelled=FLAG, moved_from=MOMENT))


def public(question: Question) -> EventQuerySet:
    events: EventQuerySet = EventPage.objects.listed().descendant_of(question.home)
    return events


def rows(question: Question) -> list[EventPage]:
    """Those that take place in the time that is asked for, by when each does first; three queries."""
    since, until = periods.asked(question)

    def with_occurrences(event: EventPage) -> EventPage:
        event.occurrences = recurrence.occurrences(event, since, until)
        return event

    found = public(question).since(since).filter(start__lt=until).order_by("start", "pk").defer("body").with_days()
    events = [event for event in read_each(found, with_occurrences) if event.occurrences]
    return sorted(events, key=lambda event: (event.occurrences[0].start, event.pk))


def one(question: Question, translation_key: UUID) -> EventPage | None:
    event = public(question).filter(translation_key=translation_key).with_days().first()
    if event is not None:
        event.occurrences = recurrence.occurrences(event, *periods.asked(question))
    return event


def prepare(events: Sequence[EventPage], _question: Question) -> None:
    prefetch_related_objects(list(events), "place", "organiser", "topics", "reader_translation")


def place_of(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    address = {name: getattr(place, name) or None for name in ("street", "postal_code", "city", "step_free")}
    return {"key": place.key, "name": place.label, **address}


def _organiser(event: Any, _question: Question) -> dict[str, Any] | None:
    """Only the name of one that has no public page."""
    if not event.organiser_label:
        return None
    is_known = event.organiser is not None and may_name(event.organiser)
    return {"id": event.organiser.translation_key if is_known else None, "name": str(event.organiser_label)}


FIELDS = (
    Field("id", KEY, lambda event, question: event.translation_key, is_certain=True),
    Field("url", URL, lambda event, question: question.whole(event.reader_path), is_certain=True),
    Field("title", WORDS, lambda event, question: event.words.title, is_certain=True),
    Field("description", WORDS, lambda event, question: event.words.lead or None),
    Field("start", MOMENT, lambda event, question: event.start, "Of the first time ever.", is_certain=True),
    Field("end", MOMENT, lambda event, question: event.end),
    Field("all_day", FLAG, lambda event, question: event.all_day, "Only the days count.", is_certain=True),
    Field("is_cancelled", FLAG, lambda event, question: event.is_cancelled, is_certain=True),
    Field("repeats", TEXT, lambda event, question: event.repeats or None, "In the language of the address."),
    Field(
        "recurrence",
        TEXT,
        lambda event, question: recurrence.rrule(event) or None,
        "RRULE of RFC 5545; what differs stands among the occurrences alone.",
    ),
    Field(
        "occurrences",
        OCCURRENCES,
        lambda event, question: [
            {"start": each.start, "end": each.end, "is_cancelled": each.is_cancelled, "moved_from": each.moved_from}
            for each in event.occurrences
        ],
        "All in the time that is asked for.",
        is_certain=True,
    ),
    Field("place", PLACE, lambda event, question: place_of(event.place)),
    Field("place_name", TEXT, lambda event, question: event.place_name or None, "Where no place is chosen."),
    Field("organiser", ORGANISER, _organiser),
    Field("topics", kinds.NAMED_ROWS, lambda event, question: event.topics.all(), is_certain=True),
    Field("languages", kinds.many(CODE), lambda event, question: event.language_codes, is_certain=True),
    Field("is_free", FLAG, lambda event, question: event.is_free, is_certain=True),
    Field("price", WORDS, lambda event, question: event.words.price or None),
    Field("for_whom", WORDS, lambda event, question: event.words.for_whom or None),
    Field("registration", WORDS, lambda event, question: event.words.registration or None),
    Field("registration_url", URL, lambda event, question: event.registration_url or None),
    simple("registration_email", EMAIL),
    simple("registration_phone", PHONE),
    Field("updated", MOMENT, lambda event, question: event.last_published_at),
)
EVENTS = Collection(
    name="events",
    item="Event",
    title=_("Events"),
    description="Events, those of organisations too, by when each takes place first.",
    fields=FIELDS,
    rows=rows,
    parameters=periods.FILTERS,
    prepare=prepare,
    one=one,
)
