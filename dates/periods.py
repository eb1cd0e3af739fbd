"""Days and months by the clock in ``settings.TIME_ZONE``."""

import datetime as dt

from django.utils import timezone

from cms.localization.accepted_dates import is_accepted


def day_of(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def beginning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), timezone.get_default_timezone())


def at(day: dt.date, clock: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, clock), timezone.get_default_timezone())


def month_of(day: dt.date) -> dt.date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def following(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def preceding(month: dt.date) -> dt.date:
    return (month - dt.timedelta(days=1)).replace(day=1)


def month_named(text: str) -> dt.date | None:
    """The first day of a month as addresses name it, "2026-12"; None for anything else, and for unlikely years."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if is_accepted(month) else None


def name_of(month: dt.date | None) -> str:
    """As addresses name it: "2026-12"."""
    return f"{month:%Y-%m}" if month else ""
