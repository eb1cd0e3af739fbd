"""The workflow of each directory: whose submissions go to the press office, and to the KI where the Site says so."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext
from wagtail.models import Page, Task, Workflow, WorkflowPage, WorkflowTask

from cms.accounts import roles
from cms.admin import guards
from cms.admin.refusals import Refused
from cms.routing.site_settings import SiteSettings
from directory.profiles.directory_page import DirectoryPage
from directory.review.task import ReviewTask

REVIEWERS = (roles.PRESS, roles.ADMINISTRATORS)


@transaction.atomic
def assign(directory: DirectoryPage) -> None:
    """Gives a directory without workflow its own. Only the German pages are below it: translations keep their path."""
    if WorkflowPage.objects.filter(page=directory).exists():
        return
    name = gettext("Organisations")
    workflow, task = Workflow.objects.create(name=name), ReviewTask.objects.create(name=name)
    task.groups.set([roles.group_of(reviewer) for reviewer in REVIEWERS])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=directory)


def assign_missing(**_signal: Any) -> None:
    """After migrations: for directories that are older than their workflow."""
    for directory in DirectoryPage.objects.sources():
        assign(directory)


def on_directory_saved(instance: DirectoryPage, created: bool, raw: bool = False, **_signal: Any) -> None:
    if created and not raw and instance.facts is instance:
        assign(instance)


def on_settings_saved(instance: SiteSettings, raw: bool = False, **_signal: Any) -> None:
    """Whether the KI reviews, is one of the Site's settings; the groups of its task follow."""
    if raw:
        return
    ki = roles.group_of(roles.KI)
    tasks = ReviewTask.objects.filter(
        workflow_tasks__workflow__workflow_pages__page__path__startswith=instance.site.root_page.path
    )
    for task in tasks:
        task.groups.add(ki) if instance.ki_may_review else task.groups.remove(ki)


def on_workflow_saved(instance: Workflow, raw: bool = False, **_signal: Any) -> None:
    """Organisations send what they write through it; without it they could not, or it would reach nobody."""
    if raw or instance.active or instance.pk is None:
        return
    page = WorkflowPage.objects.filter(workflow=instance, page__in=DirectoryPage.objects.all()).first()
    if page is not None and Workflow.objects.filter(pk=instance.pk, active=True).exists():
        raise Refused(needed_by(page.page))


def on_assignment_deleted(instance: WorkflowPage, origin: Any = None, **_signal: Any) -> None:
    """A directory may get another workflow, but does not do without; deleting the directory itself is another act."""
    is_meant = isinstance(origin, WorkflowPage) or getattr(origin, "model", None) is WorkflowPage
    if is_meant and DirectoryPage.objects.filter(pk=instance.page_id).exists():
        raise Refused(needed_by(instance.page))


def on_task_saved(instance: Any, raw: bool = False, **_signal: Any) -> None:
    """A workflow without an active task would publish at once what is sent."""
    if raw or not isinstance(instance, Task) or instance.pk is None or instance.active:
        return
    if not Task.objects.filter(pk=instance.pk, active=True).exists() or guards.waiting_in(instance):
        return  # what waits is a reason of its own
    for assigned in WorkflowPage.objects.filter(
        page__in=DirectoryPage.objects.all(), workflow__workflow_tasks__task_id=instance.pk
    ):
        if not active_tasks(assigned.workflow).exclude(task_id=instance.pk).exists():
            raise Refused(
                gettext("“%(task)s” is the only task in which somebody looks at what organisations send.")
                % {"task": instance.name}
            )


def active_tasks(workflow: Workflow) -> QuerySet[WorkflowTask]:
    return WorkflowTask.objects.filter(workflow=workflow, task__active=True)


def reaches_somebody(workflow: Workflow | None) -> bool:
    return workflow is not None and active_tasks(workflow).exists()


def needed_by(directory: Page) -> str:
    return gettext(
        "Organisations in “%(directory)s” send their changes through this workflow. "
        "Give the directory another workflow first."
    ) % {"directory": directory.title}


def keep() -> None:
    pre_save.connect(on_workflow_saved, sender=Workflow, dispatch_uid="directory.workflow.saved")
    pre_save.connect(on_task_saved, dispatch_uid="directory.workflow.task_saved")
    pre_delete.connect(on_assignment_deleted, sender=WorkflowPage, dispatch_uid="directory.workflow.assigned")


@register(Tags.database)
def every_directory_has_a_workflow(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Without one, what organisations send would reach nobody."""
    try:
        lacking = [each for each in DirectoryPage.objects.sources() if not reaches_somebody(each.get_workflow())]
    except (DatabaseError, LookupError):
        return []  # no table yet, or no German locale: Django's own checks say so
    return [
        Warning(
            f"The directory “{directory}” has no workflow with an active task: "
            "its organisations cannot send anything for review.",
            hint="Settings → Workflows in the admin, or manage.py migrate.",
            id="directory.W001",
        )
        for directory in lacking
    ]
