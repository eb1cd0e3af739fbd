"""How far back a calendar reaches: what was this year and last year, and all that is ahead."""

import datetime as dt

from django.utils import timezone


def beginning() -> dt.datetime:
    """Start of the previous calendar year."""
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    return now.replace(year=now.year - 1, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)


def last_day() -> dt.date:
    """The day up to which holidays are written into rules that go on: the end of the year after the next one."""
    return dt.date(timezone.localdate(timezone=timezone.get_default_timezone()).year + 2, 12, 31)
