"""Mails about what was sent for review: to the reviewers in German, to all members in their language and in German.

Members are told what was decided, never by whom. What they have to change is one tap away, and so is what is public.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms import mail
from cms.accounts import User
from cms.localization import languages
from cms.pages import review_acts
from cms.pages.base_page import has_public_parent
from cms.pages.steps import Act
from cms.routing import absolute_urls
from directory.members.models import members_of
from directory.portal import things
from directory.review import queue
from directory.review.moderation import organisation_of
from directory.review.revisions import BOOKKEEPING
from directory.review.task import ReviewTaskState

SUBMITTED = "directory/mail/submitted"


def tell_members(
    page: Page,
    template: str,
    comment: str = "",
    *,
    decision: TaskState | None = None,
    by: Any = None,
    folder: str = "directory/mail",
    more: Mapping[str, Any] | None = None,
) -> None:
    """Mails all members of the organisation whose page this is, once for each ``decision``.

    ``folder``: where a higher floor has its templates; ``more``: what they say besides.
    """
    organisation = organisation_of(page)
    if organisation is None:
        return
    site = organisation.get_site()
    context = {
        "organisation": organisation.title,
        "page": "" if organisation.pk == page.pk else page.title,
        "comment": comment,
        "base": absolute_urls.whole("", site),
        "key": str(organisation.translation_key),
        "thing": things.path_of(organisation, page),
        "public": _public_path(page),
        **(more or {}),
    }
    for email, preferred in members_of(organisation).values_list("email", "preferred_language"):
        mail.post(
            template=f"{folder}/{template}",
            to=email,
            preferred=preferred,
            context=context,
            about=f"decision {decision.pk}" if decision else "",
            by=decision.finished_by if decision else by,
            site=site,
        )


def _public_path(page: Page) -> str:
    """Where visitors see it, without site and language before it; empty while they don't."""
    shown = Page.objects.filter(pk=page.pk, live=True).filter(has_public_parent()).first()
    return shown.url_path.split("/", 2)[2] if shown is not None else ""


def tell_reviewers(task_state: TaskState) -> None:
    """Mails the groups that decide, except who has sent it and who wants no such mails.

    What is withdrawn and sent again is told once; after changes, in one mail for all changes of some minutes.
    A date that does not take place is told at once.
    """
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
        "url": _review_of(page),
        "is_urgent": queue.is_urgent(page, task_state.revision),
    }
    about = f"page {page.pk} after decision {_last_decision(page)}"
    if context["is_urgent"]:
        about += ", urgent"  # which does not wait for the pause after an ordinary mail
    for person in reviewers.exclude(pk=task_state.workflow_state.requested_by_id).distinct():
        if person.is_superuser or PagePermissionPolicy().user_has_any_permission_for_instance(
            person, ["add", "change", "publish"], page
        ):
            mail.post(
                template=SUBMITTED,
                to=person.email,
                preferred=languages.SOURCE,
                context=context,
                about=about,
                version=_what_is_written(task_state),
            )


def take_back(page: Page) -> None:
    """Reviewers who have not been told yet need not be told any more."""
    mail.cancel(template=SUBMITTED, context={"url": _review_of(page)})


def _review_of(page: Page) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("review:submission", args=[page.pk])


def _last_decision(page: Page) -> int:
    """What is sent after it is a new matter."""
    decided = Q(status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)) | Q(is_final=True)
    states = ReviewTaskState.objects.filter(decided, workflow_state__in=WorkflowState.objects.for_instance(page))
    last = states.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def _what_is_written(task_state: TaskState) -> str:
    """The same for two revisions with the same words."""
    content = {name: value for name, value in task_state.revision.content.items() if name not in BOOKKEEPING}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


# What was sent, and what was decided


def tell(act: Act, state: Any, _user: Any) -> None:
    """For ``cms.pages.review_acts``: everything that is mailed about a submission."""
    if act is review_acts.TASK_SUBMITTED:
        _tell_submission(state)
    elif act is review_acts.APPROVED:
        _tell_decision(state, "approved")
    elif act is review_acts.REJECTED:
        _tell_decision(state, "changes_requested")
    elif act is review_acts.CANCELLED:
        _tell_end(state)


def _tell_submission(state: TaskState) -> None:
    """Once a submission, not again when its author replaces it while it waits; unless it has become urgent."""
    replaced = state.workflow_state.task_states.exclude(pk=state.pk).order_by("-pk").first()
    if replaced is None or replaced.status != TaskState.STATUS_CANCELLED or _became_urgent(replaced, state):
        tell_reviewers(state)


def _became_urgent(replaced: TaskState, state: TaskState) -> bool:
    page = state.workflow_state.content_object.specific
    return queue.is_urgent(page, state.revision) and not queue.is_urgent(page, replaced.revision)


def _tell_decision(state: WorkflowState, template: str) -> None:
    page, decision = state.content_object.specific, state.current_task_state
    take_back(page)
    tell_members(page, template, decision.comment, decision=decision)


def _tell_end(state: WorkflowState) -> None:
    """Refused for good; or the press office has published its own correction of it. A withdrawal is no news."""
    decision, page = state.current_task_state, state.content_object.specific
    take_back(page)
    if ReviewTaskState.objects.filter(pk=decision.pk, is_final=True).exists():
        tell_members(page, "rejected", decision.comment, decision=decision)
    elif page.live_revision_id and page.live_revision_id > decision.revision_id:
        tell_members(page, "approved", decision=decision)
