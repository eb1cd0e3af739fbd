"""What is no longer in a followed calendar, though its answer was whole: shown as cancelled, or taken off the site.

The organisation chooses. What became private is taken off in any case, and so is what the source says in another form
now, or it would stand beside it. Who may not publish asks for the cancellation by the review.
"""

from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from dates.calendar_import import event_changes
from dates.calendar_import.event_values import NEW, values_in
from dates.calendar_import.foreign import Reading
from dates.calendar_import.models import FollowedCalendar, SourceEvent
from dates.council.sessions import start_of_today
from directory.review import moderation
from directory.review.trusted_facts import is_trusted

Became = Literal["", "missing", "cancelled", "asked", "taken_back"]


@transaction.atomic
def leave(*, calendar: FollowedCalendar, source: SourceEvent, reading: Reading) -> Became:
    """Says what became of it: "" for what is over, or was deleted here, and concerns nobody."""
    event = source.event
    if event is None or (event.last_end and event.last_end < start_of_today()):
        return ""
    is_private = source.family in reading.private_families
    if not is_private and (not reading.is_whole or source.family in reading.unread_families):
        _note(source)
        return "missing"
    FollowedCalendar.objects.select_for_update().get(pk=calendar.pk)
    if source.taken_back:
        return "taken_back"
    if not event.live and _is_untouched(source):
        event.delete()
        source.delete()
        return "taken_back"
    is_replaced = source.family in reading.families and not _is_single_date_of_single_dates(source, reading)
    takes_back = is_private or is_replaced or not calendar.cancels_what_is_gone
    if takes_back and (is_private or not event.live or is_trusted(event)):
        _take_back(source)
        return "taken_back"
    event_changes.follow(source, {**NEW, **source.imported, "is_cancelled": True}, missing=True)
    event.refresh_from_db()
    if event.is_cancelled:
        return "cancelled"
    return "asked" if event.current_workflow_state is not None else ""


def _note(source: SourceEvent) -> None:
    if source.missing_since is None:
        source.missing_since = timezone.now()
        source.save(update_fields=["missing_since"])


def _is_untouched(source: SourceEvent) -> bool:
    """Never public, and nobody has written a word of it."""
    event: Any = Page.objects.get(pk=source.event_id).specific
    by_people = event.revisions.exclude(user=None).exists()
    draft = event.get_latest_revision_as_object()
    return event.first_published_at is None and not by_people and values_in(draft) == {**NEW, **source.imported}


def _is_single_date_of_single_dates(source: SourceEvent, reading: Reading) -> bool:
    """One of several with the same identifier is deleted, while the others stay what they are."""
    others = [each for each in (*reading.events, *reading.beyond) if each.family == source.family]
    return not source.imported.get("recurrence") and not any(each.recurrence for each in others)


def _take_back(source: SourceEvent) -> None:
    """Off the site, and out of the review; the draft stays, and comes back with the date."""
    source.taken_back, source.missing_since = True, source.missing_since or timezone.now()
    source.save(update_fields=["taken_back", "missing_since"])
    page: Any = Page.objects.select_for_update().get(pk=source.event_id).specific
    moderation.withdraw(page=page, user=None)
    if page.live:
        page.unpublish(log_action=True)
