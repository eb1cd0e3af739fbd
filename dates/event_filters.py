"""By what the list of events can be narrowed down."""

from collections import Counter
from collections.abc import Iterable, Mapping

from cms import languages
from cms.collation import sort_key
from cms.words import Words
from dates.event import EventPage
from directory.listing import Choice
from directory.models import Offer

FILTERS = ("topic", "language", "district", "organiser", "series")
Marks = Mapping[str, Mapping[str, Words | str]]
"""By filter: the values that find an event, with their labels."""


def marks_of(event: EventPage) -> Marks:
    reader, organiser, series = languages.active().code, event.organiser, event.series
    return {
        "topic": {topic.key: topic.label for topic in event.topics.all()},
        "language": {code: languages.name_in(code, reader) for code in event.language_codes},
        "district": {event.district.key: event.district.label} if event.district else {},
        "organiser": {organiser.slug: organiser.name} if organiser else {},
        "series": {series.key: series.label} if series else {},
    }


def marks_of_offer(offer: Offer) -> Marks:
    """A regular offer is found by what its organisation is found by."""
    organisation = offer.organisation
    return {
        "topic": {topic.key: topic.label for topic in organisation.topics.all()},
        "language": dict.fromkeys(offer.language_codes, ""),
        "district": {organisation.district.key: organisation.district.label} if organisation.district else {},
        "organiser": {organisation.slug: organisation.name},
        "series": {},
    }


def match(marks: Marks, wanted: Mapping[str, str]) -> bool:
    """Whether everything that is ``wanted`` (by filter, "" for anything) is among the marks."""
    return all(not value or value in marks[name] for name, value in wanted.items())


def choices(found: Iterable[Marks], wanted: Mapping[str, str]) -> dict[str, list[Choice]]:
    """By filter: what some event has, in the reader's order, with the number of such events."""
    listed, reader = list(found), languages.active()
    by_filter = {}
    for name in FILTERS:
        labels = {value: label for marks in listed for value, label in marks[name].items()}
        counts = Counter(value for marks in listed for value in marks[name])
        options = [Choice(value, label, counts[value], value == wanted[name]) for value, label in labels.items()]
        by_filter[name] = sorted(options, key=lambda choice: sort_key(str(choice.label), reader))
    return by_filter
