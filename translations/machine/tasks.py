"""How drafts by machine reach the background worker."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.jobs.retrying import job
from translations.machine import working
from translations.machine.models import DraftJob, JobState

AT_ONCE = 10
"""Jobs after which the worker is free for others, and can be stopped."""
AFTER_OTHERS = -10
"""Drafts wait while the search index and mails have work."""


@job(priority=AFTER_OTHERS)
def work_off_drafts() -> None:
    working.work_off(limit=AT_ONCE)
    start_if_due()


def start() -> None:
    """Has a worker look for drafts that are due; one that will look anyway is enough."""
    if not DBTaskResult.objects.ready().filter(task_path=work_off_drafts.module_path).exists():
        work_off_drafts.enqueue()


def start_if_due() -> None:
    if working.due().exists():
        start()


def hurry(codes: Iterable[str]) -> None:
    """What waits in these languages is due now."""
    with transaction.atomic():
        DraftJob.objects.filter(state=JobState.WAITING, language__in=list(codes)).update(due_at=timezone.now())
        transaction.on_commit(start)
