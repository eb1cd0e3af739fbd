"""Jobs wait under the dotted name of their function: who moves one says under which name it goes on."""

import sys
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from cms.jobs.retrying import _retries
from cms.pages import steps
from dates.calendar_import import fetching
from tests.translations import content

NAMES = {
    "cms.mail.sending.work_off",
    "cms.media.copies.make_all",
    "cms.pages.steps.do_again",
    "dates.calendar_import.fetching.look_at",
    "dates.oparl.tasks.run_source",
    "directory.spreadsheet.tasks.work_off_list",
    "translations.machine.tasks.work_off_drafts",
}
"""One that is changed here needs a migration like ``cms/migrations/0034_jobs_that_moved.py``."""
OURS = ("cms.", "dates.", "directory.", "home.", "news.", "translations.")


def test_no_job_has_another_name_than_before() -> None:
    modules = [module for name, module in list(sys.modules.items()) if name.startswith(OURS)]
    declared = {each.module_path for module in modules for each in vars(module).values() if isinstance(each, Task)}
    assert {name for name in declared | set(_retries) if name.startswith(OURS)} == NAMES


@pytest.mark.django_db
def test_what_waits_under_a_former_name_goes_on() -> None:
    page = content.article()
    migration = import_module("cms.migrations.0034_jobs_that_moved")
    given = {"act": "published", "step": "translations", "page": page.pk, "revision": None, "user": None}
    for path, arguments, status in (
        ("cms.page_acts.do_again", {"args": [], "kwargs": given}, "READY"),
        ("dates.following.schedule.look_at", {"args": [7], "kwargs": {}}, "FAILED"),
    ):
        now = timezone.now()
        DBTaskResult.objects.create(
            task_path=path, args_kwargs=arguments, status=status, backend_name="default", run_after=now
        )
    before = list(DBTaskResult.objects.order_by("pk").values_list("pk", "task_path", "args_kwargs"))
    migration.rename(apps, SimpleNamespace())
    waiting = DBTaskResult.objects.get(task_path=steps.do_again.module_path)
    assert DBTaskResult.objects.filter(task_path=fetching.look_at.module_path, status="FAILED").count() == 1
    assert page.pk in steps.unfinished(steps._acts["published"])
    steps.do_again.func(**waiting.args_kwargs["kwargs"])
    migration.name_back(apps, SimpleNamespace())
    assert list(DBTaskResult.objects.order_by("pk").values_list("pk", "task_path", "args_kwargs")) == before
