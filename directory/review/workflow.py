"""The workflow of each directory: whose submissions go to the press office, and to the KI where the Site says so."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, transaction
from django.utils.translation import gettext
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from cms import roles
from cms.site_settings import SiteSettings
from directory.index import DirectoryPage
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


@register(Tags.database)
def every_directory_has_a_workflow(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Without one, what organisations send would reach nobody."""
    try:
        lacking = [directory for directory in DirectoryPage.objects.sources() if directory.get_workflow() is None]
    except (DatabaseError, LookupError):
        return []  # no table yet, or no German locale: Django's own checks say so
    return [
        Warning(
            f"The directory “{directory}” has no workflow: its organisations cannot send anything for review.",
            hint="Settings → Workflows in the admin, or manage.py migrate.",
            id="directory.W001",
        )
        for directory in lacking
    ]
