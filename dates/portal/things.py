"""Events among what is an organisation's, each with how it stands."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.localization import formats
from cms.pages.isolation import read_each
from dates.events.event_page import EventPage
from dates.portal.listing import EventRow, own_events
from directory.portal.things import Kind, Thing
from directory.profiles.organisation import OrganisationPage

MOST_PUBLIC = 5
"""Those that are well are looked up in the list of events."""


def address_of(organisation: OrganisationPage, event: Page) -> str:
    return reverse("my_event", kwargs={"key": organisation.translation_key, "event_key": event.translation_key})


def things_of(organisation: OrganisationPage) -> list[Thing]:
    """What is ahead, and what is not public though it may be over; as many queries for one event as for many."""
    rows = own_events(organisation)
    unfinished = [row for row in rows if row.status != "public"]
    public = [row for row in rows if row.status == "public" and not row.is_over]
    ordered = sorted([*unfinished, *public[:MOST_PUBLIC]], key=lambda row: row.is_over)
    return read_each(ordered, lambda row: _thing(organisation, row))


def _thing(organisation: OrganisationPage, row: EventRow) -> Thing:
    return Thing(
        row.page,
        _("Event"),
        row.event.title,
        row.status,
        address_of(organisation, row.page),
        note=_when(row),
        comment=row.state.comment,
        is_titled=True,
    )


def _when(row: EventRow) -> str:
    """Its next date; nothing while nobody has said when it takes place."""
    if row.date is None:
        return ""
    return str(formats.full_date(row.date.start) if row.event.all_day else formats.date_and_time(row.date.start))


KIND = Kind(EventPage, things_of, address_of)
