"""What waits for review: oldest first, in a number of queries that does not grow."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.text import capfirst
from wagtail.models import Page, Revision, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.pages.facts import urgent
from directory.profiles.organisation import OrganisationPage
from directory.review import meaning, revisions
from directory.review.task import ReviewTask, ReviewTaskState

MOST_NAMED = 4


@dataclass(frozen=True)
class Submission:
    """One page that waits: whose it is, since when, and which fields have changed (none: it is new)."""

    page: Page
    title: str
    organisation: str
    since: dt.datetime
    sent_by: str
    is_own: bool
    is_urgent: bool = False
    changed: list[str] = field(default_factory=list)

    @property
    def named(self) -> list[str]:
        return self.changed[:MOST_NAMED]

    @property
    def further(self) -> int:
        return max(0, len(self.changed) - MOST_NAMED)


def tasks_of(user: Any) -> QuerySet[ReviewTask]:
    """The reviews in which ``user`` decides."""
    if not user.is_active:
        return ReviewTask.objects.none()
    return ReviewTask.objects.all() if user.is_superuser else ReviewTask.objects.filter(groups__user=user).distinct()


def states_for(user: Any) -> QuerySet[ReviewTaskState]:
    """Those of their tasks that wait, on pages which they may change: a group that decides for two cities may have
    been bound to one of them since.
    """
    waiting = ReviewTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=tasks_of(user).values("pk"))
    if user.is_superuser:
        return waiting
    own = PagePermissionPolicy().instances_user_has_any_permission_for(user, ["add", "change", "publish"])
    numbers = own.order_by().annotate(text=Cast("pk", CharField())).values("text")
    return waiting.filter(revision__object_id__in=numbers)


def waiting_for(user: Any) -> list[Submission]:
    """What ``user`` may look at and decide, the urgent first, then the oldest; four queries and one a type of page."""
    states = list(
        states_for(user).select_related("revision", "workflow_state__requested_by").order_by("started_at", "pk")
    )
    found = Page.objects.filter(pk__in=[state.revision.object_id for state in states]).specific()
    pages = {str(page.pk): page for page in found}
    public = Revision.objects.in_bulk([page.live_revision_id for page in pages.values() if page.live_revision_id])
    owners = _organisations_of(pages.values())
    listed = []
    for state in states:
        page = pages.get(state.revision.object_id)
        if page is None:
            continue
        sender = state.workflow_state.requested_by
        changed = _changed(page, public.get(page.live_revision_id), state.revision)
        listed.append(
            Submission(
                page=page,
                title=state.revision.object_str,
                organisation=owners.get(page.pk, page.title),
                since=state.started_at,
                sent_by=(sender.get_full_name() or sender.email) if sender else "",
                is_own=user.pk in (state.revision.user_id, state.workflow_state.requested_by_id),
                is_urgent=_is_urgent(page, changed),
                changed=_labels(page, changed),
            )
        )
    return sorted(listed, key=lambda submission: not submission.is_urgent)


def _organisations_of(pages: Any) -> dict[int, str]:
    paths = {page.path[:end] for page in pages for end in range(page.steplen, len(page.path) + 1, page.steplen)}
    found = OrganisationPage.objects.filter(path__in=paths).values_list("path", "title")
    return {page.pk: title for page in pages for path, title in found if page.path.startswith(path)}


def _changed(page: Page, public: Revision | None, sent: Revision) -> list[str]:
    if public is None and not page.live:
        return []
    shown = public.content if public is not None else revisions.content_of(page)  # made without any revision
    return meaning.changed(type(page), shown, sent.content)


def is_urgent(page: Page, sent: Revision) -> bool:
    """Whether ``sent`` tells of a date that does not take place as visitors of ``page`` have read it."""
    return _is_urgent(page, _changed(page, page.live_revision, sent))


def _is_urgent(page: Page, changed: list[str]) -> bool:
    return page.live and not urgent(type(page)).isdisjoint(changed)


def _labels(page: Page, changed: list[str]) -> list[str]:
    fields = [page._meta.get_field(name) for name in changed]
    return [
        capfirst(str(getattr(each, "verbose_name", None) or each.related_model._meta.verbose_name_plural))
        for each in fields
    ]
