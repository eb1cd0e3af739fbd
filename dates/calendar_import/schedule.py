"""When followed calendars are looked at: every six hours, each by the worker, and at once when an address was set."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from cms.bin.tree import PREFIX
from cms.jobs.retrying import job
from dates.calendar_import.fetching import look
from dates.calendar_import.models import FollowedCalendar

EVERY = dt.timedelta(hours=6)


def due() -> QuerySet[FollowedCalendar]:
    """Those that are looked at at all; none of an organisation that lies in the bin."""
    return FollowedCalendar.objects.filter(is_active=True).exclude(organisation__url_path__startswith=PREFIX)


def look_at_those_due() -> None:
    """Several clocks may ask at the same time: who moves ``next_at`` on has the turn."""
    now = timezone.now()
    for calendar in due().filter(next_at__lte=now):
        moved = FollowedCalendar.objects.filter(pk=calendar.pk, next_at=calendar.next_at).update(next_at=now + EVERY)
        if moved:
            look_at.enqueue(calendar.pk)


@job()
def look_at(pk: int) -> None:
    calendar = due().select_related("organisation").filter(pk=pk).first()
    if calendar is not None:
        look(calendar)
