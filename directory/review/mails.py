"""Mails about what was sent for review: to the reviewers in German, to all members in their language and in German.

Members are told what was decided, never by whom, and their links lead to "My organisation".
"""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from wagtail.admin.mail import (
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from cms import languages, mail
from cms.accounts import User
from directory.moderation import organisation_of
from directory.permissions import group_name
from directory.review.task import ReviewTask, ReviewTaskState


def tell_members(page: Page, template: str, comment: str = "") -> None:
    """Mails all members of the organisation whose page this is."""
    organisation = organisation_of(page)
    if organisation is None:
        return
    context = {
        "organisation": organisation.title,
        "page": "" if organisation.pk == page.pk else page.title,
        "comment": comment,
        "base": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        "key": str(organisation.translation_key),
    }
    members = User.objects.filter(groups__name=group_name(organisation), is_active=True)
    for email, preferred in members.values_list("email", "preferred_language"):
        mail.post(template=f"directory/mail/{template}", to=email, preferred=preferred, context=context)


def tell_reviewers(task_state: TaskState) -> None:
    """Mails the groups that decide, except who has sent it and who wants no such mails."""
    page = task_state.workflow_state.content_object.specific
    organisation = organisation_of(page) or page
    reviewers = User.objects.filter(
        Q(wagtail_userprofile=None) | Q(wagtail_userprofile__submitted_notifications=True),
        groups__in=task_state.task.specific.groups.all(),
        is_active=True,
    )
    context = {
        "organisation": organisation.title,
        "page": "" if organisation.pk == page.pk else page.get_latest_revision_as_object().title,
        "url": settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("review:submission", args=[page.pk]),
    }
    for person in reviewers.exclude(pk=task_state.workflow_state.requested_by_id).distinct():
        if person.is_superuser or PagePermissionPolicy().user_has_any_permission_for_instance(
            person, ["add", "change", "publish"], page
        ):
            mail.post(template="directory/mail/submitted", to=person.email, preferred=languages.SOURCE, context=context)


# Signals


def is_ours(state: WorkflowState) -> bool:
    return state.current_task_state is not None and isinstance(state.current_task_state.task.specific, ReviewTask)


def on_submitted(instance: TaskState, **_signal: Any) -> None:
    """Once a submission, not again when its author replaces it while it waits."""
    replaced = instance.workflow_state.task_states.exclude(pk=instance.pk).order_by("-pk").first()
    if replaced is None or replaced.status != TaskState.STATUS_CANCELLED:
        tell_reviewers(instance)


def on_approved(instance: WorkflowState, **_signal: Any) -> None:
    if is_ours(instance):
        tell_members(instance.content_object.specific, "approved", instance.current_task_state.comment)


def on_rejected(instance: WorkflowState, **_signal: Any) -> None:
    if is_ours(instance):
        tell_members(instance.content_object.specific, "changes_requested", instance.current_task_state.comment)


def on_cancelled(instance: WorkflowState, **_signal: Any) -> None:
    """Refused for good; or the press office has published its own correction of it. A withdrawal is no news."""
    if not is_ours(instance):
        return
    decision, page = instance.current_task_state, instance.content_object.specific
    if ReviewTaskState.objects.filter(pk=decision.pk, is_final=True).exists():
        tell_members(page, "rejected", decision.comment)
    elif page.live_revision_id and page.live_revision_id > decision.revision_id:
        tell_members(page, "approved")


class QuietForMembers:
    """Wagtail's own mail about a workflow, except for reviews of organisations: it names who decided."""

    def __init__(self, notifier: Any) -> None:
        self.notifier = notifier

    def __call__(self, instance: WorkflowState, **signal: Any) -> Any:
        return None if is_ours(instance) else self.notifier(instance, **signal)


NOTIFIERS = {
    "submitted": (workflow_submitted, WorkflowStateSubmissionEmailNotifier),
    "approved": (workflow_approved, WorkflowStateApprovalEmailNotifier),
    "rejected": (workflow_rejected, WorkflowStateRejectionEmailNotifier),
}


def connect() -> None:
    """Under the names of Wagtail's own receivers, which then do not come in addition when its app is ready."""
    for name, (signal, notifier) in NOTIFIERS.items():
        uid = f"workflow_state_{name}_email_notification"
        signal.connect(QuietForMembers(notifier()), sender=WorkflowState, dispatch_uid=uid, weak=False)
    task_submitted.connect(on_submitted, sender=ReviewTaskState, dispatch_uid="directory.mail.submitted")
    workflow_approved.connect(on_approved, dispatch_uid="directory.mail.approved")
    workflow_rejected.connect(on_rejected, dispatch_uid="directory.mail.changes_requested")
    workflow_cancelled.connect(on_cancelled, dispatch_uid="directory.mail.rejected")
