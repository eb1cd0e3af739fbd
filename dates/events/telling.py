"""What people who had planned to come must learn: a date that is cancelled, moved, or takes place after all.

It is written into the draft, then told as fast as may be: at once where the city trusts the organisation, else it is
sent for review, where it stands first.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.models import Page, WorkflowState

from cms.pages import drafts
from dates.events.event_page import EventPage
from directory.review import meaning, moderation, revisions

FACTS = ("is_cancelled", "exceptions", "additions")


@transaction.atomic
def tell(*, event: EventPage, user: Any, write: Callable[[EventPage], None]) -> bool:
    """Has ``write`` change the draft of ``event``; returns whether visitors see what it says now.

    Harmless when repeated. An event that is no more than a draft stays one; one that waits for its first review waits
    with the change. Raises Locked, NotSubmittable, and what ``write`` raises.
    """
    row = Page.objects.select_for_update().get(pk=event.pk)
    draft = row.get_latest_revision_as_object()
    drafts.require_unlocked(draft, user)
    before = revisions.content_of(draft)
    write(draft)
    if revisions.changed_fields(before, revisions.content_of(draft)):
        draft.save_revision(user=user, log_action=True, clean=False)

    page: EventPage = moderation.locked(event)
    waiting = _waiting(page)
    public, newest = revisions.content_of(page), revisions.content_of(drafts.draft_of(page))
    is_seen = page.live and not _says_else(public, newest)
    if is_seen and (waiting is None or not _says_else(waiting, newest)):
        return True
    if moderation.publish_trusted_facts(page=page, user=user, fields=FACTS):
        return True
    if is_seen and not meaning.changed(EventPage, public, newest):
        moderation.withdraw(page=page, user=user)
    elif page.live or waiting is not None:
        moderation.submit(page=page, user=user)
    return is_seen


def _waiting(page: EventPage) -> revisions.Content | None:
    """What waits for review."""
    review = page.current_workflow_state
    if review is None or review.status != WorkflowState.STATUS_IN_PROGRESS:
        return None
    content: revisions.Content = review.current_task_state.revision.content
    return content


def _says_else(one: revisions.Content, other: revisions.Content) -> bool:
    return not set(meaning.changed(EventPage, one, other)).isdisjoint(FACTS)
