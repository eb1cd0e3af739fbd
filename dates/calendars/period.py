"""How far back a calendar reaches: what was this year and last year, and all that is ahead."""

import datetime as dt

from django.utils import timezone


def beginning() -> dt.datetime:
    """Start of the previous calendar year."""
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    return now.replace(year=now.year - 1, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
