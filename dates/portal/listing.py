"""The events of an organisation as its members see them: what is ahead, what was, how each stands."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, WorkflowState

from cms.isolation import read_each
from dates.event import EventPage
from dates.recurrence import Occurrence, last_occurrence
from directory.organisation import OrganisationPage

LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Row:
    """An event in its newest version.

    ``status`` is "draft", "waiting", "needs_changes", "live", or "changed": public, with a draft nobody else sees.
    """

    event: EventPage
    status: str

    @property
    def date(self) -> Occurrence | None:
        """None while nobody has said when it takes place."""
        return (self.event.next_occurrence or last_occurrence(self.event)) if self.event.start else None

    @property
    def is_over(self) -> bool:
        return self.event.start is not None and self.event.next_occurrence is None

    @property
    def can_delete(self) -> bool:
        """As ``permissions.may_delete_draft``, of an event that the reader may change."""
        return not self.event.live and self.event.first_published_at is None

    @property
    def can_send(self) -> bool:
        return self.status in ("draft", "changed", "needs_changes")


def own_events(organisation: OrganisationPage) -> list[Row]:
    """Every event below ``organisation``: those without a date, then by date; as many queries for one as for many."""
    events = list(EventPage.objects.sources().child_of(organisation).select_related("latest_revision"))
    reviews = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(event.pk) for event in events],
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
    )
    statuses = dict(reviews.values_list("object_id", "status"))
    rows = read_each(events, lambda event: Row(newest(event), status_of(event, statuses.get(str(event.pk), ""))))
    return sorted(rows, key=lambda row: row.date.start if row.date else LONG_AGO)


def row_of(event: EventPage) -> Row:
    """The same of one event."""
    review = event.current_workflow_state
    return Row(newest(event), status_of(event, review.status if review else ""))


def newest(event: EventPage) -> EventPage:
    """What the latest revision says, for reading only: nothing is asked of the database."""
    if event.latest_revision is None:
        return event
    draft: EventPage = EventPage.from_serializable_data(event.latest_revision.content, check_fks=False)
    return draft


def status_of(event: EventPage, review: str) -> str:
    if review:
        return "waiting" if review == WorkflowState.STATUS_IN_PROGRESS else "needs_changes"
    if not event.live:
        return "draft"
    return "changed" if event.has_unpublished_changes else "live"
