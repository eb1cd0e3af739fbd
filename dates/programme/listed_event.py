"""An event as far as lists show it, read as one row: hundreds of whole pages would cost more than all the rest."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cms.localization import languages
from cms.localization.page_words import PageWords
from cms.routing.address import path_of
from dates.events.event_page import EventPage
from dates.places import Place

COLUMNS = (
    "pk path url_path locale_id translation_key title is_example lead start end all_day recurrence recurrence_until "
    "skips_public_holidays skips_school_holidays "
    "is_cancelled moved_from place_id place_name organiser_id organiser_name series_id language_codes is_free"
).split()
DAYS = ("exceptions", "breaks", "additions")
"""Child rows that say when an event takes place."""


class Rows:
    """Child rows as the manager of a page gives them."""

    def __init__(self) -> None:
        self.rows: list[Any] = []

    def all(self) -> list[Any]:
        return self.rows


class ListedEvent:
    """What ``EventPage`` calls the same; a ``Recurring``."""

    pk: int
    path: str
    url_path: str
    locale_id: int
    translation_key: UUID
    title: str
    is_example: bool
    lead: str
    start: dt.datetime
    end: dt.datetime | None
    all_day: bool
    recurrence: str
    recurrence_until: dt.date | None
    skips_public_holidays: bool
    skips_school_holidays: bool
    is_cancelled: bool
    moved_from: dt.datetime | None
    place_id: int | None
    place_name: str
    organiser_id: int | None
    organiser_name: str
    series_id: int | None
    language_codes: list[str]
    is_free: bool
    exceptions: Rows
    breaks: Rows
    additions: Rows

    place: Place | None = None

    days_off = EventPage.days_off
    has_more_dates = EventPage.has_more_dates
    repeats = EventPage.repeats
    leaves_out = EventPage.leaves_out
    place_label = EventPage.place_label

    def __init__(self, row: Iterable[Any]) -> None:
        self.__dict__.update(zip(COLUMNS, row, strict=True), **{name: Rows() for name in DAYS})

    @property
    def words(self) -> PageWords:
        return PageWords(self)  # type: ignore[arg-type]

    @property
    def reader_path(self) -> str:
        return path_of(self, languages.active().code)  # type: ignore[arg-type]


def listed(events: Any) -> list[ListedEvent]:
    """Those of a query of ``EventPage``, with all rows that say when each takes place; four queries."""
    found = [ListedEvent(row) for row in events.values_list(*COLUMNS)]
    for name in DAYS:
        # Only what is on again and again has days that differ or are left out.
        by_pk = {event.pk: event for event in found if event.recurrence or name == "additions"}
        model = EventPage._meta.get_field(name).related_model
        for row in model.objects.filter(event__in=by_pk):
            getattr(by_pk[row.event_id], name).rows.append(row)
    return found
