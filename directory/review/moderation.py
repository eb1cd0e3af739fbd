"""What organisations send for review, and what becomes of it: exactly what was reviewed goes live.

For the pages of members: the profile of an organisation, and what stands below it. Each act locks the row of the page
and happens as a whole or not at all.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from cms.admin.workflows import reviewed_revision
from cms.pages.base_page import BasePage
from directory import permissions
from directory.portal.states import PageState, is_taken_down, state_of
from directory.profiles.organisation import OrganisationPage
from directory.review.faults import faults_of
from directory.review.task import ReviewTaskState
from directory.review.trusted_facts import publish_trusted_facts

__all__ = [
    "ChangedMeanwhile",
    "Incomplete",
    "NotSubmittable",
    "NotWaiting",
    "PageState",
    "approve",
    "publish_trusted_facts",
    "reject",
    "request_changes",
    "state_of",
    "submit",
    "withdraw",
]


class NotSubmittable(Exception):
    """Says in a sentence why this cannot be sent for review now."""


class Incomplete(NotSubmittable):
    """Something is missing or wrong in the draft itself, which its members can mend."""


class NotWaiting(Exception):
    """Says in a sentence that nothing of this page waits for review (any more)."""


class ChangedMeanwhile(Exception):
    """Says in a sentence that something else waits than what was on the reviewer's screen."""


def locked(page: Page) -> BasePage:
    """The page as it is now; its row is locked until the transaction ends."""
    found: BasePage = Page.objects.select_for_update().get(pk=page.pk).specific
    return found


@transaction.atomic
def submit(*, page: BasePage, user: Any, revision_id: int | None = None) -> None:
    """Sends the latest draft for review; once more, with the latest draft, when one waits already.

    ``revision_id`` is the draft that the sender has seen. Harmless when repeated. Raises NotSubmittable, and
    ChangedMeanwhile when there is a newer draft than that.
    """
    page = locked(page)
    if revision_id is not None and page.latest_revision_id not in (None, revision_id):
        raise ChangedMeanwhile(_("This has been changed meanwhile. Please look at it again before you send it."))
    workflow = page.get_workflow()
    if workflow is None or not workflow.workflow_tasks.filter(task__active=True).exists():
        raise NotSubmittable(_("Nobody is set up to review this yet. Please tell the press office."))
    if is_taken_down(page):
        raise NotSubmittable(_("The press office has taken this offline. Please talk to them; your draft is kept."))
    if page.locked:
        raise NotSubmittable(_("This page is locked. Ask the person who locked it."))
    draft = page.latest_revision or page.save_revision(user=user, clean=False)
    review = page.current_workflow_state
    if review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS:
        if review.current_task_state.revision_id == draft.pk:
            return
        _require_valid(draft)
        review.current_task_state.specific.cancel(user=user, resume=True)
    elif page.live and not page.has_unpublished_changes:
        raise NotSubmittable(_("There is nothing to send: visitors already see what you have written."))
    elif review is not None:
        _require_valid(draft)
        review.resume(user)
    else:
        _require_valid(draft)
        workflow.start(page, user)


def _require_valid(draft: Any) -> None:
    """Else it could not be published when it is approved."""
    if found := faults_of(draft.as_object()):
        raise Incomplete(" ".join(map(str, found)))


@transaction.atomic
def withdraw(*, page: BasePage, user: Any) -> None:
    """Takes back what waits; it stays as a draft. Harmless when nothing waits."""
    review = locked(page).current_workflow_state
    if review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS:
        review.cancel(user=user)


# Decisions of the reviewers


def shown_revision(review: WorkflowState, user: Any, latest: Any = None) -> Any:
    """What ``user`` decides about: what was sent, or their own correction of it."""
    return reviewed_revision(review, user, latest)


def earlier_decisions(page: BasePage) -> list[TaskState]:
    """What reviewers have said about ``page`` before, with their reasons; the newest first."""
    said = TaskState.objects.filter(workflow_state__in=page.workflow_states.all()).exclude(comment="")
    decided = said.exclude(status=TaskState.STATUS_IN_PROGRESS).select_related("finished_by")
    return list(decided.order_by("-finished_at", "-pk"))


def _waiting(page: BasePage, user: Any, revision_id: int) -> Any:
    """The open task of ``page`` (locked), for somebody who may decide it and has seen that revision."""
    review = page.current_workflow_state
    if review is None or review.status != WorkflowState.STATUS_IN_PROGRESS:
        raise NotWaiting(_("This does not wait for review any more."))
    if not permissions.may_review(user, page):
        raise PermissionDenied
    if shown_revision(review, user).pk != revision_id:
        raise ChangedMeanwhile(_("The organisation has sent something newer. Please look at it before you decide."))
    return review.current_task_state.specific


@transaction.atomic
def approve(*, page: BasePage, user: Any, revision_id: int, comment: str = "") -> None:
    """Makes exactly that revision public. Raises NotWaiting, ChangedMeanwhile, PermissionDenied, ValidationError."""
    _waiting(locked(page), user, revision_id).approve(user=user, comment=comment)


@transaction.atomic
def request_changes(*, page: BasePage, user: Any, revision_id: int, comment: str) -> None:
    """Asks the members to change something. Raises as ``approve`` does."""
    _waiting(locked(page), user, revision_id).reject(user=user, comment=comment)


@transaction.atomic
def reject(*, page: BasePage, user: Any, revision_id: int, comment: str) -> None:
    """Refuses what was sent; the draft stays. Raises as ``approve`` does."""
    task_state = _waiting(locked(page), user, revision_id)
    ReviewTaskState.objects.filter(pk=task_state.pk).update(is_final=True)
    task_state.is_final = True
    task_state.reject(user=user, update=False, comment=comment)
    task_state.workflow_state.cancel(user=user)


def organisation_of(page: Page) -> OrganisationPage | None:
    """The organisation whose page this is: itself, or the one below which it stands."""
    if isinstance(page, OrganisationPage):
        return page
    return OrganisationPage.objects.ancestor_of(page, inclusive=True).first()
