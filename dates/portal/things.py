"""Events among what is an organisation's, each with how it stands."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import formats
from cms.isolation import read_each
from dates.event import EventPage
from dates.portal.listing import LONG_AGO, newest
from dates.recurrence import last_occurrence
from directory.organisation import OrganisationPage
from directory.portal.things import Kind, Thing, status_of
from directory.states import states_of

MOST_PUBLIC = 5
"""Those that are well are looked up in the list of events."""


def address_of(organisation: OrganisationPage, event: Page) -> str:
    return reverse("my_event", kwargs={"key": organisation.translation_key, "event_key": event.translation_key})


def things_of(organisation: OrganisationPage) -> list[Thing]:
    """What is ahead, and what is not public though it may be over; as many queries for one event as for many."""
    events = list(EventPage.objects.sources().child_of(organisation).select_related("latest_revision"))
    states = states_of(events)

    def read(event: EventPage) -> tuple[bool, Thing, EventPage]:
        state, draft = states[event.pk], newest(event)
        return (
            draft.next_occurrence is not None or draft.start is None,
            Thing(
                event,
                _("Event"),
                draft.title,
                "begun" if draft.start is None and status_of(state) == "unsent" else status_of(state),
                address_of(organisation, event),
                note=_when(draft),
                comment=state.comment,
                is_titled=True,
            ),
            draft,
        )

    rows = sorted(read_each(events, read), key=lambda row: (not row[0], row[2].start or LONG_AGO))
    public = [thing for is_ahead, thing, _draft in rows if thing.status == "public" and is_ahead]
    return [thing for _is_ahead, thing, _draft in rows if thing.status != "public"] + public[:MOST_PUBLIC]


def _when(draft: EventPage) -> str:
    """Its next date; nothing while nobody has said when it takes place."""
    if draft.start is None:
        return ""
    date = draft.next_occurrence or last_occurrence(draft)
    start = date.start if date else draft.start
    return str(formats.full_date(start) if draft.all_day else formats.date_and_time(start))


KIND = Kind(EventPage, things_of, address_of)
