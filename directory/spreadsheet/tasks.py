"""How lists reach the background worker."""

import datetime as dt

from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from cms.localization import languages
from directory.spreadsheet import importing
from directory.spreadsheet.models import ImportState, SpreadsheetImport

AT_ONCE = 20
"""Rows after which the worker is free for others, and can be stopped."""
SILENCE = dt.timedelta(minutes=3)
"""Without a sign of life for so long the worker must have died."""


@task()
def work_off_list(import_id: int) -> None:
    of = SpreadsheetImport.objects.filter(pk=import_id, state=ImportState.RUNNING).first()
    if of is None:
        return
    reader = of.started_by.admin_language if of.started_by else languages.SOURCE
    with translation.override(reader):
        is_over = importing.work_off(of, limit=AT_ONCE)
    if not is_over:
        work_off_list.enqueue(import_id)


def begin(of: SpreadsheetImport) -> None:
    """Has the worker start once the transaction is over."""
    transaction.on_commit(lambda: work_off_list.enqueue(of.pk))


def take_up_again() -> None:
    """Once a minute: lists whose worker has died go on."""
    now = timezone.now()
    silent = SpreadsheetImport.objects.filter(state=ImportState.RUNNING, worked_at__lt=now - SILENCE)
    for of in silent:
        if silent.filter(pk=of.pk).update(worked_at=now):
            begin(of)
