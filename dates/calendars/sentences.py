"""Paragraphs of the text that a calendar program shows beside a date."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext

from cms.localization import formats, languages, notices
from cms.localization.localized_text import LocalizedText
from dates.calendars.document import Moment
from dates.places import Place

Paragraph = str | LocalizedText


def text_of(paragraphs: Iterable[Paragraph]) -> LocalizedText:
    """One text in the reader's language; what is written in another one comes after a line that says so."""
    reader = languages.active().code
    parts, around = [], reader
    for paragraph in paragraphs:
        if not paragraph:
            continue
        written_in = paragraph.lang if isinstance(paragraph, LocalizedText) else reader
        if written_in not in (around, reader):
            parts += notices.labels(LocalizedText("", written_in))
        parts.append(str.__str__(paragraph))
        around = written_in
    return LocalizedText("\n\n".join(parts), reader)


def labelled(label: str, text: Paragraph) -> Paragraph:
    """What a text is about, on a line of its own: an address below it keeps its order in Arabic, too."""
    if not text:
        return ""
    joined = f"{label}\n{str.__str__(text)}"
    return LocalizedText(joined, text.lang) if isinstance(text, LocalizedText) else joined


def when(start: Moment, end: Moment | None = None) -> str:
    """Day and time, or only the days of what lasts all day."""
    if isinstance(start, dt.datetime):
        return formats.date_and_time(start, end if isinstance(end, dt.datetime) else None)
    return formats.date_range(start, end) if end else formats.full_date(start)


def moved(start: Moment | None) -> Paragraph:
    return labelled(gettext("Moved. Before:"), when(start) if start else "")


def where(place: Place) -> LocalizedText:
    """Name and address in one line, as programs look it up on a map."""
    town = " ".join(filter(None, (place.postal_code, place.city)))
    return LocalizedText(", ".join(filter(None, (place.label.plain, place.street, town))), place.label.lang)
