"""What could not be published and which jobs have failed, on the first page of the admin, each with "try again"."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.jobs import permissions, publishing_schedule
from cms.jobs.schedule_failures import ScheduledAct, ScheduleFailure
from cms.jobs.taking_up import Job

MOST_JOBS = 10


class FailedSchedulesPanel(Component):
    """Pages whose time has come in vain, and why."""

    name = "failed_schedules"
    order = 10
    template_name = "cms/jobs/failed_schedules.html"

    def __init__(self, failures: list[ScheduleFailure]) -> None:
        self.failures = failures

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        expire = ScheduledAct.EXPIRE
        rows = [{"failure": each, "is_expiry": each.act == expire} for each in self.failures]
        return {"rows": rows, "csrf_token": parent_context["csrf_token"]}


class FailedJobsPanel(Component):
    """Background jobs that were given up."""

    name = "failed_jobs"
    order = 15
    template_name = "cms/jobs/failed_jobs.html"

    def __init__(self, jobs: list[Job], count: int) -> None:
        self.jobs = jobs
        self.count = count

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        rows = [{"job": job, "error": last_line(job)} for job in self.jobs]
        return {"rows": rows, "count": self.count, "csrf_token": parent_context["csrf_token"]}


def last_line(job: Job) -> str:
    return (job.traceback.strip().splitlines() or [job.exception_class_path])[-1][:300]


@hooks.register("construct_homepage_panels")
def what_failed(request: HttpRequest, panels: list[Any]) -> None:
    if permissions.may_publish_some(request.user):
        failures = ScheduleFailure.objects.select_related("content_type", "revision")
        visible = [each for each in failures if permissions.may_see_failure(request.user, each)]
        if visible:
            panels.append(FailedSchedulesPanel(visible))
    if permissions.may_keep_jobs(request.user):
        failed = DBTaskResult.objects.failed().order_by("-finished_at")
        jobs = list(failed[:MOST_JOBS])
        if jobs:
            panels.append(FailedJobsPanel(jobs, failed.count()))


@require_POST
def try_schedule_again(request: HttpRequest, pk: int) -> HttpResponse:
    failure = get_object_or_404(ScheduleFailure, pk=pk)
    if not permissions.may_see_failure(request.user, failure):
        raise PermissionDenied
    title = failure.title
    if publishing_schedule.try_again(failure):
        messages.success(request, _("Done: %(title)s") % {"title": title})
    else:
        fresh = ScheduleFailure.objects.filter(pk=pk).first() or failure
        sentences = " ".join(fresh.sentences)
        messages.error(request, _("“%(title)s” still does not work.") % {"title": title} + f" {sentences}")
    return redirect("wagtailadmin_home")


@require_POST
def try_job_again(request: HttpRequest, pk: str) -> HttpResponse:
    """From the beginning, as if it had just been asked for."""
    _require_keeper(request)
    again = {"status": TaskResultStatus.READY, "run_after": get_date_max(), "worker_ids": [], "finished_at": None}
    if DBTaskResult.objects.failed().filter(pk=pk).update(**again):
        messages.success(request, _("The job is tried again in a moment."))
    return redirect("wagtailadmin_home")


@require_POST
def forget_job(request: HttpRequest, pk: str) -> HttpResponse:
    _require_keeper(request)
    if DBTaskResult.objects.failed().filter(pk=pk).delete()[0]:
        messages.success(request, _("The job is forgotten."))
    return redirect("wagtailadmin_home")


def _require_keeper(request: HttpRequest) -> None:
    if not permissions.may_keep_jobs(request.user):
        raise PermissionDenied


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    listed = [
        path("schedule/<int:pk>/again/", try_schedule_again, name="schedule_again"),
        path("jobs/<uuid:pk>/again/", try_job_again, name="job_again"),
        path("jobs/<uuid:pk>/forget/", forget_job, name="forget_job"),
    ]
    return [path("what-failed/", include((listed, "jobs"), namespace="jobs"))]
