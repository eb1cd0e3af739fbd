"""What the clock takes away because it is over: sessions, log-in attempts, counts of the throttle, drafts of forms.

In small steps, each a transaction of its own: no writer waits long for one of them.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState

from cms.accounts.throttling import LONGEST, Count
from cms.forms import kept
from cms.forms.sent_forms import SentForm

KEEP = dt.timedelta(days=7)
KEEP_FAILED = dt.timedelta(days=90)
AT_ONCE = 200


def forget_finished() -> None:
    """Finished jobs, after a while; a few every minute: deleting many would keep everybody else from writing."""
    now = timezone.now()
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP)
    old |= Q(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED)
    numbers = DBTaskResult.objects.filter(old).order_by().values_list("pk", flat=True)[:AT_ONCE]
    DBTaskResult.objects.filter(pk__in=list(numbers)).delete()


LOG_INS_KEPT_FOR = dt.timedelta(days=30)
STEP = 200
MOST_STEPS = 25
"""Of each kind in a minute; what is left waits for the next."""

Over = Callable[[], QuerySet[Any]]

_kinds: list[Over] = []


def register(over: Over) -> None:
    """``over`` says which rows are not needed any more."""
    _kinds.append(over)


def clear() -> int:
    """Deletes what is over; says how many rows."""
    return sum(_clear(over()) for over in _kinds)


def _clear(rows: QuerySet[Any]) -> int:
    done = 0
    for _step in range(MOST_STEPS):
        numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:STEP])
        if numbers:
            done += rows.model._base_manager.filter(pk__in=numbers).delete()[0]
        if len(numbers) < STEP:
            break
    return done


register(lambda: Session.objects.filter(expire_date__lt=timezone.now()))
register(lambda: Count.objects.filter(began__lt=timezone.now() - LONGEST))
register(lambda: AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - LOG_INS_KEPT_FOR))
register(lambda: AccessFailureLog.objects.filter(attempt_time__lt=timezone.now() - LOG_INS_KEPT_FOR))
register(lambda: AccessLog.objects.filter(attempt_time__lt=timezone.now() - LOG_INS_KEPT_FOR))
register(kept.over)
register(SentForm.objects.over)
register(lambda: FormState.objects.stale())
register(lambda: EditingSession.objects.filter(last_seen_at__lt=timezone.now() - dt.timedelta(days=1)))
# A set-up of a second factor that was begun and not finished; opened again, it shows another key.
register(lambda: TOTPDevice.objects.filter(confirmed=False, created_at__lt=timezone.now() - dt.timedelta(days=1)))
