"""The events of an organisation as its members see them: what is ahead, what was, how each stands."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.pages.isolation import read_each
from dates.events.event_page import EventPage
from dates.recurrence import Occurrence, last_occurrence
from directory.portal.parts import PortalPart
from directory.portal.states import PageState, state_of, states_of
from directory.portal.things import Status, status_of
from directory.profiles.organisation import OrganisationPage


def count_upcoming(organisation: OrganisationPage) -> int:
    return EventPage.objects.sources().child_of(organisation).upcoming().count()


EVENTS = PortalPart("events", _("Events"), _("Add, change, copy or cancel"), "my_events", count_upcoming)


LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class EventRow:
    """A page with ``event``, its newest version, and how it stands."""

    page: EventPage
    event: EventPage
    state: PageState

    @property
    def status(self) -> Status:
        status = status_of(self.state)
        return "begun" if status == "unsent" and self.event.start is None else status

    @cached_property
    def date(self) -> Occurrence | None:
        """None while nobody has said when it takes place."""
        return (self.event.next_occurrence or last_occurrence(self.event)) if self.event.start else None

    @property
    def is_over(self) -> bool:
        return self.event.start is not None and self.event.next_occurrence is None

    @property
    def is_draft(self) -> bool:
        """Nobody but members has seen it."""
        return self.state.kind == "draft"

    @property
    def can_delete(self) -> bool:
        """As ``permissions.may_delete_draft``, of an event that the reader may change."""
        return not self.page.live and self.page.first_published_at is None

    @property
    def can_send(self) -> bool:
        """What was sent back may go again as it is: the reviewer may have been mistaken."""
        return self.state.can_send or self.state.is_asked


def own_events(organisation: OrganisationPage) -> list[EventRow]:
    """Every event below ``organisation``: those without a date, then by date; as many queries for one as for many."""
    events = list(EventPage.objects.sources().child_of(organisation).select_related("latest_revision"))
    states = states_of(events)
    rows = read_each(events, lambda event: _placed(EventRow(event, newest(event), states[event.pk])))
    return [row for _start, row in sorted(rows, key=lambda placed: placed[0])]


def _placed(row: EventRow) -> tuple[dt.datetime, EventRow]:
    return (row.date.start if row.date else LONG_AGO), row


def row_of(event: EventPage) -> EventRow:
    """The same of one event."""
    return EventRow(event, newest(event), state_of(event))


def newest(event: EventPage) -> EventPage:
    """What the latest revision says, for reading only: nothing is asked of the database."""
    if event.latest_revision is None:
        return event
    draft: EventPage = EventPage.from_serializable_data(event.latest_revision.content, check_fks=False)
    return draft
