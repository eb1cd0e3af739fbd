"""Finished jobs are forgotten after a while, a few at a time: deleting many would keep everybody else from writing."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

KEEP = dt.timedelta(days=7)
KEEP_FAILED = dt.timedelta(days=90)
AT_ONCE = 200


def forget_finished() -> None:
    """Every minute."""
    now = timezone.now()
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP)
    old |= Q(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED)
    numbers = DBTaskResult.objects.filter(old).order_by().values_list("pk", flat=True)[:AT_ONCE]
    DBTaskResult.objects.filter(pk__in=list(numbers)).delete()
