"""An event as entries: one for the event with its rule, one for each date that was moved, cancelled or added."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext

from cms.localization import formats, languages, notices
from cms.localization.localized_text import LocalizedText
from cms.pages.base_page import BasePage
from cms.pages.isolation import read_each
from dates import recurrence
from dates.calendars import period, sentences, time_zone
from dates.calendars.document import Entry, Moment
from dates.recurrence.recurring import Addition, additions_of, changes_of, is_sound

if TYPE_CHECKING:
    from dates.events.exceptions import EventException

Event = Any
"""The facts of an ``EventPage``, which stands above this module."""


def entries_of(event: Event, url: str) -> list[Entry]:
    """``event``: a source page, with the rows of its days at hand and its ``words`` in the reader's language.

    A single date that is cancelled is an entry, so that it stays in calendars and says so; days that are left out for
    holidays are none. Added dates have a UID each: programs that know no RDATE would lose them.
    """
    if not is_sound(event):
        return []
    was = _moment(event, event.moved_from) if event.moved_from and not event.recurrence else None
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
        excluded=tuple(_by_rule(event, start) for start in recurrence.starts_left_out(event, period.last_day())),
    )
    changes = [(change, recurrence.start_on(event, change.original_date)) for change in _changes(event)]
    changed = (_of_changed_day(event, regular, change, _by_rule(event, start)) for change, start in changes if start)
    return [regular, *changed, *(_of_added(event, regular, each) for each in additions_of(event))]


def entries_on(page: BasePage, request: HttpRequest) -> list[Entry]:
    """The entries of one event in the words of ``page``, the event itself or a translation of it."""
    event = page.facts
    prefetch_related_objects([event], "reader_translation")
    url = request.build_absolute_uri(event.reader_path)
    return list(chain.from_iterable(read_each([event], lambda each: entries_of(each, url))))


def _changes(event: Event) -> list["EventException"]:
    return sorted(changes_of(event), key=lambda change: change.original_date)  # type: ignore[arg-type, return-value]


def _by_rule(event: Event, start: dt.datetime) -> Moment:
    """Where the rule puts an occurrence, from its start by the clock on the wall."""
    return start.date() if event.all_day else start.replace(tzinfo=time_zone.zone())


def _of_changed_day(event: Event, regular: Entry, change: "EventException", by_rule: Moment) -> Entry:
    if change.is_cancelled or not change.new_start:
        end = _end_after(event, recurrence.start_on(event, change.original_date))
        return replace(_single(event, regular, by_rule, end), is_cancelled=True, replaces=by_rule)
    end = change.new_end or _end_after(event, formats.local(change.new_start))
    moved = _single(event, regular, _moment(event, formats.local(change.new_start)), end)
    words = sentences.text_of(_paragraphs(event, by_rule, regular.url))
    return replace(moved, description=words, replaces=by_rule)


def _of_added(event: Event, regular: Entry, addition: Addition) -> Entry:
    start = formats.local(addition.start)
    added = _single(event, regular, _moment(event, start), addition.end or _end_after(event, start))
    uid = f"{event.uid}-{start.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    return replace(added, uid=uid, is_cancelled=event.is_cancelled or addition.is_cancelled)


def _single(event: Event, regular: Entry, start: Moment, end: dt.datetime | None) -> Entry:
    end = _moment(event, end) if end else None
    return replace(regular, start=start, end=end, recurrence="", excluded=())


def _end_after(event: Event, start: dt.datetime) -> dt.datetime | None:
    """The end of a date that takes as long as the others, by the clock on the wall."""
    if event.end is None:
        return None
    end = start + (formats.local(event.end) - formats.local(event.start))
    return end if end.tzinfo else end.replace(tzinfo=time_zone.zone())


def _changed(event: Event) -> dt.datetime:
    """When facts or words were last published."""
    published = (page.last_published_at for page in (event, event.reader_translation) if page is not None)
    return max((moment for moment in published if moment), default=event.start)


def _moment(event: Event, moment: dt.datetime) -> Moment:
    """The day alone of what lasts all day."""
    return formats.local(moment).date() if event.all_day else moment


def _where(event: Event) -> LocalizedText | None:
    return sentences.where(event.place) if event.place else event.place_label or None


def _paragraphs(event: Event, moved_from: Moment | None, url: str) -> Iterator[sentences.Paragraph]:
    words = event.words
    if event.is_example:
        yield gettext("Fictional example")
    if words.lang == languages.active().code:  # of other words each says it
        yield from notices.notices(words)
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


def when(event: Event, occurrence: recurrence.Occurrence) -> str:
    end = _moment(event, occurrence.end) if occurrence.end else None
    return sentences.when(_moment(event, occurrence.start), end)
