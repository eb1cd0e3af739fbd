"""Paragraphs of the text that a calendar program shows beside a date."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext

from cms import formats, languages
from cms.words import Words
from dates.places import Place

Paragraph = str | Words


def text_of(paragraphs: Iterable[Paragraph]) -> Words:
    """One text in the reader's language; what is written in another one is preceded by a line that says so."""
    reader = languages.active().code
    parts = []
    for paragraph in paragraphs:
        if isinstance(paragraph, Words) and paragraph.attrs and reader != "de-simple":
            parts.append(f"{in_language(paragraph.lang)}\n{paragraph.plain}")
        elif paragraph:
            parts.append(str(paragraph))
    return Words("\n\n".join(parts), reader)


def in_language(code: str) -> str:
    if code == languages.SOURCE:
        return gettext("In German")
    return languages.name_in(code, languages.active().code)


def labelled(label: str, address: str) -> str:
    """An address under what it leads to; on a line of its own it keeps its order in Arabic, too."""
    return f"{label}\n{address}" if address else ""


def moved(start: dt.datetime | None) -> str:
    if start is None:
        return ""
    return gettext("Moved. The date was: %(date)s") % {"date": formats.date_and_time(start)}


def where(place: Place) -> Words:
    """Name and address in one line, as programs look it up on a map."""
    town = " ".join(filter(None, (place.postal_code, place.city)))
    return Words(", ".join(filter(None, (place.label.plain, place.street, town))), place.label.lang)
