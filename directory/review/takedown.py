"""The emergency brake: a profile leaves the site at once, with a reason, and only the press office brings it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from directory.permissions import keeps_offline, may_take_down
from directory.portal.states import is_taken_down
from directory.profiles.organisation import OrganisationPage
from directory.records.record import OrganisationRecord, record_of
from directory.review import revisions
from directory.review.mails import tell_members

TAKEN, BROUGHT_BACK = "directory.offline", "directory.online"


@transaction.atomic
def take_down(*, organisation: OrganisationPage, user: Any, reason: str) -> None:
    """Unpublishes a profile and what stands below it; drafts stay. What waited for review is withdrawn.

    Harmless when repeated. Raises PermissionDenied.
    """
    page = OrganisationPage.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not (keeps_offline(user, page) if is_taken_down(page) else may_take_down(user, page)):
        raise PermissionDenied
    if is_taken_down(page):
        return
    record = record_of(page)
    record.offline_since, record.offline_reason = timezone.now(), reason
    record.save(update_fields=["offline_since", "offline_reason"])
    taken = []
    for below in [page, *page.get_descendants().live().specific()]:
        review = below.current_workflow_state
        if review is not None:
            review.cancel(user=user)
        below.unpublish(user=user)
        taken.append(below.pk)
    log(instance=page, action=TAKEN, user=user, data={"reason": reason, "pages": taken})
    tell_members(page, "taken_offline", reason, by=user)


@transaction.atomic
def bring_back(*, organisation: OrganisationPage, user: Any) -> None:
    """Publishes again what visitors saw before, of all pages that were taken offline together; drafts stay drafts.

    Harmless when repeated. Raises PermissionDenied.
    """
    page = OrganisationPage.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if not keeps_offline(user, page):
        raise PermissionDenied
    if not is_taken_down(page):
        return
    entry = PageLogEntry.objects.filter(page=page.pk, action=TAKEN).order_by("-timestamp").first()
    for below in Page.objects.filter(pk__in=entry.data["pages"], live=False).order_by("path").specific():
        shown, draft = revisions.content_of(below), below.latest_revision
        revisions.save(below, shown, user).publish(user=user)
        if draft is not None and revisions.changed_fields(shown, draft.content):
            revisions.save(below, draft.content, draft.user)
    log(instance=page, action=BROUGHT_BACK, user=user)


def is_back(page: Page, *_publication: Any) -> None:
    """However a profile comes back, it is offline no longer."""
    OrganisationRecord.objects.filter(organisation_id=page.pk, offline_since__isnull=False).update(
        offline_since=None, offline_reason=""
    )
