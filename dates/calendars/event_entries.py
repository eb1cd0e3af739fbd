"""An event as entries: one for the event with its rule, one for each occurrence that was moved."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext

from cms import formats, languages, provenance
from cms.isolation import read_each
from cms.words import Words
from dates import recurrence
from dates.calendars import sentences, time_zone
from dates.calendars.entries import Entry, Moment
from dates.recurring import changes_of, is_sound

if TYPE_CHECKING:
    from dates.event import EventPage
    from dates.event_exception import EventException


def entries_of(event: "EventPage", url: str) -> list[Entry]:
    """``event``: a source page, with its exceptions at hand and its ``words`` in the reader's language."""
    if not is_sound(event):
        return []
    changes = [(change, start) for change in _changes(event) if (start := _start_by_rule(event, change)) is not None]
    was = _moment(event, event.moved_from) if event.moved_from else None
    regular = Entry(
        uid=str(event.uid),
        changed=_changed(event),
        sequence=event.sequence,
        start=_moment(event, event.start),
        end=_moment(event, event.end) if event.end else None,
        title=event.words.title,
        url=url,
        description=sentences.text_of(_paragraphs(event, was, url)),
        location=_where(event),
        is_cancelled=event.is_cancelled,
        recurrence=recurrence.rrule(event) or "",
        excluded=tuple(start for change, start in changes if change.is_cancelled),
    )
    moved = (_moved(event, regular, change, start) for change, start in changes if change.new_start)
    return [regular, *moved]


def entries_on(page: "EventPage", request: HttpRequest) -> list[Entry]:
    """The entries of one event in the words of ``page``, the event itself or a translation of it."""
    event = page.facts
    event.written = page if page is not event else None
    url = request.build_absolute_uri(event.reader_path)
    return list(chain.from_iterable(read_each([event], lambda each: entries_of(each, url))))


def _changes(event: "EventPage") -> list["EventException"]:
    return sorted(changes_of(event), key=lambda change: change.original_date)  # type: ignore[arg-type, return-value]


def _start_by_rule(event: "EventPage", change: "EventException") -> Moment | None:
    """Where the rule puts the occurrence; None when it puts none on that day (any more)."""
    start = recurrence.start_on(event, change.original_date)
    if start is None:
        return None
    return start.date() if event.all_day else start.replace(tzinfo=time_zone.zone())


def _moved(event: "EventPage", regular: Entry, change: "EventException", start_by_rule: Moment) -> Entry:
    start = formats.local(change.new_start)
    length = formats.local(event.end) - formats.local(event.start) if event.end else None  # by the clock on the wall
    end = change.new_end or (start + length if length is not None else None)
    return Entry(
        uid=regular.uid,
        changed=regular.changed,
        sequence=regular.sequence,
        start=_moment(event, start),
        end=_moment(event, end) if end else None,
        title=regular.title,
        url=regular.url,
        description=sentences.text_of(_paragraphs(event, start_by_rule, regular.url)),
        location=regular.location,
        is_cancelled=regular.is_cancelled,
        replaces=start_by_rule,
    )


def _changed(event: "EventPage") -> dt.datetime:
    """When facts or words were last published."""
    published = (page.last_published_at for page in (event, event.written) if page is not None)
    return max((moment for moment in published if moment), default=event.start)


def _moment(event: "EventPage", moment: dt.datetime) -> Moment:
    """The day alone of what lasts all day."""
    return formats.local(moment).date() if event.all_day else moment


def _where(event: "EventPage") -> Words | None:
    return sentences.where(event.place) if event.place else event.place_label or None


def _paragraphs(event: "EventPage", moved_from: Moment | None, url: str) -> Iterator[sentences.Paragraph]:
    words = event.words
    if event.is_example:
        yield gettext("Fictional example")
    if words.lang == languages.active().code:  # of other words each says it
        yield from provenance.notices(words)
    yield sentences.moved(moved_from)
    yield words.lead
    yield sentences.labelled(gettext("For whom"), words.for_whom)
    yield sentences.labelled(gettext("Price"), words.price)
    yield sentences.labelled(gettext("Registration"), words.registration)
    if event.is_free:
        yield gettext("Free of charge")
    if event.language_codes:
        yield sentences.labelled(gettext("Languages"), formats.list_of(event.spoken))
    yield sentences.labelled(gettext("Organiser"), event.organiser_label)
    yield sentences.labelled(gettext("Always up to date:"), url)


def when(event: "EventPage", occurrence: recurrence.Occurrence) -> str:
    end = _moment(event, occurrence.end) if occurrence.end else None
    return sentences.when(_moment(event, occurrence.start), end)
