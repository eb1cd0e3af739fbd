"""How runs reach the background worker."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from dates.oparl import runs
from dates.oparl.models import OParlSource

QUIET = dt.time(3, 40)
"""When a night's runs begin: few visitors, and no clock is ever put over it."""


@task(priority=-20)
def run_source(pk: int, accept_loss: bool = False) -> None:
    """Waits behind mails, the search index and drafts; a source that is gone meanwhile is no error."""
    source = OParlSource.objects.filter(pk=pk).first()
    if source is not None:
        runs.run(source, accept_loss=accept_loss)


def start_if_due() -> None:
    """Once a night for each active source, whichever of several clocks comes first."""
    tonight = timezone.make_aware(dt.datetime.combine(timezone.localdate(), QUIET))
    now = timezone.now()
    if now < tonight:
        return
    due = Q(asked_at=None) | Q(asked_at__lt=tonight)
    for pk in OParlSource.objects.filter(due, is_active=True).values_list("pk", flat=True):
        # Only what stands in the row itself: a second UPDATE waits for the first and then finds nothing.
        if OParlSource.objects.filter(due, pk=pk, is_active=True).update(asked_at=now):
            run_source.enqueue(pk)
