"""Wagtail's lists of what is in review, asking the database as often for fifty reviews as for one."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.admin.views.reports.workflows import WorkflowView
from wagtail.models import Page, Revision, TaskState, WorkflowState, WorkflowTask

MOST = 10
"""Rows of each list on the first page; the report has them all."""


def with_their_tasks(reviews: Iterable[WorkflowState]) -> list[WorkflowState]:
    """The same, each of which knows its tasks: two queries instead of one for each."""
    listed = list(reviews)
    steps: dict[int, list[WorkflowTask]] = defaultdict(list)
    for step in WorkflowTask.objects.filter(workflow__in={each.workflow_id for each in listed}).select_related("task"):
        steps[step.workflow_id].append(step)
    states = TaskState.objects.filter(workflow_state__in=listed).order_by("started_at", "pk")
    newest = {(state.workflow_state_id, state.task_id): state.status for state in states}
    for each in listed:
        each.all_tasks_with_status = partial(_tasks, each, steps[each.workflow_id], newest)
    return listed


def _tasks(review: WorkflowState, steps: list[WorkflowTask], newest: dict[tuple[int, int], str]) -> list[Any]:
    names = dict(TaskState.STATUS_CHOICES)
    tasks = []
    for step in steps:
        status = newest.get((review.pk, step.task_id))
        step.task.status, step.task.status_display = status, names.get(status, _("Not started"))
        tasks.append(step.task)
    return tasks


class ToModeratePanel(WorkflowObjectsToModeratePanel):
    """What this person may decide, the newest first."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        found = (
            TaskState.objects.reviewable_by(request.user)
            .select_related("revision__user", "workflow_state__workflow")
            .prefetch_related("revision__content_object__latest_revision", "task")
            .annotate(previous_revision_id=Revision.objects.previous_revision_id_subquery())
        )
        states = [state for state in found.order_by("-started_at")[:MOST] if state.revision.content_object]
        with_their_tasks(state.workflow_state for state in states)
        rows = [self.row(state, request.user) for state in states]
        return {"states": rows, "request": request, "csrf_token": parent_context["csrf_token"]}

    def row(self, state: TaskState, user: Any) -> dict[str, Any]:
        subject = state.revision.content_object
        name = "wagtailadmin_pages:{}".format if isinstance(subject, Page) else subject.snippet_viewset.get_url_name
        return {
            "obj": subject,
            "revision": state.revision,
            "previous_revision_id": state.previous_revision_id,
            "live_revision_id": subject.live_revision_id,
            "task_state": state,
            "actions": state.task.specific.get_actions(subject, user),
            "workflow_tasks": state.workflow_state.all_tasks_with_status(),
            "workflow_action_url_name": name("workflow_action"),
            "workflow_preview_url_name": name("workflow_preview") if subject.is_previewable else None,
            "revisions_compare_url_name": name("revisions_compare"),
        }


class OwnInReviewPanel(UserObjectsInWorkflowModerationPanel):
    """What this person has sent, or what is theirs and somebody has sent."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "workflow_states": context["workflow_states"][:MOST]}


@hooks.register("construct_homepage_panels", order=-10)
def in_the_place_of_wagtails(request: HttpRequest, panels: list[Component]) -> None:
    own = {panel.name: panel for panel in (ToModeratePanel(), OwnInReviewPanel())}
    panels[:] = [own.get(getattr(panel, "name", ""), panel) for panel in panels]


class ReviewsReport(WorkflowView):
    """Stands before Wagtail's at the same addresses; ``cms.admin.reports`` guards both."""

    def decorate_paginated_queryset(self, object_list: Any) -> list[WorkflowState]:
        return with_their_tasks(super().decorate_paginated_queryset(object_list))


report_urls = [
    path("workflow/", require_admin_access(ReviewsReport.as_view()), name="workflow"),
    path("workflow/results/", require_admin_access(ReviewsReport.as_view(results_only=True)), name="workflow_results"),
]
