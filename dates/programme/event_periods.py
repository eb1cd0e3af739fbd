"""For which days a list of events is asked: today, this week, the weekend, a month, or from today on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from dates import periods

TODAY, WEEK, WEEKEND, REGULAR = "today", "week", "weekend", "regular"
WHEN = (TODAY, WEEK, WEEKEND, REGULAR)
PARAMETERS = ("when", "month")
SATURDAY = 6


@dataclass(frozen=True)
class Period:
    """Days from ``since`` on, before ``until`` (None: without end). ``when`` is one of ``WHEN`` or "".

    Of today and of the month that goes on, what is over is not listed.
    """

    today: dt.datetime
    since: dt.datetime
    until: dt.datetime | None = None
    when: str = ""
    month: dt.date | None = None

    @property
    def is_of_days(self) -> bool:
        """Short enough to say of each day what is on."""
        return self.when in (TODAY, WEEK, WEEKEND)

    @property
    def days(self) -> list[dt.date]:
        """The days of a short period."""
        if self.until is None or not self.is_of_days:
            return []
        first, last = periods.day_of(self.since), periods.day_of(self.until)
        return [first + dt.timedelta(days=number) for number in range((last - first).days)]

    @property
    def month_name(self) -> str:
        return periods.name_of(self.month)


def asked(parameters: Mapping[str, str], today: dt.datetime) -> Period:
    """What an address asks for (``when=weekend``, ``when=2026-12``); from today on, if nothing that is known.

    ``month=2026-12`` says the same as ``when=2026-12``: links from elsewhere know it.
    """
    when = parameters.get("when") or parameters.get("month", "")
    month = periods.month_named(when)
    first = periods.day_of(today)
    weekday = first.isoweekday()
    sunday = first + dt.timedelta(days=7 - weekday)
    if when == TODAY:
        return Period(today, today, periods.beginning(first + dt.timedelta(days=1)), when)
    if when == WEEK:
        # At the weekend the next week belongs to it, since little is left of this one.
        last = sunday + dt.timedelta(days=7 if is_weekend(first) else 0)
        return Period(today, today, periods.beginning(last + dt.timedelta(days=1)), when)
    if when == WEEKEND:
        begin = max(first, sunday - dt.timedelta(days=1))
        return Period(today, periods.beginning(begin), periods.beginning(sunday + dt.timedelta(days=1)), when)
    if when == REGULAR:
        return Period(today, today, None, when)
    if month:
        since = today if month == periods.month_of(first) else periods.beginning(month)
        return Period(today, since, periods.beginning(periods.following(month)), month=month)
    return Period(today, today)


def labels(today: dt.datetime) -> list[tuple[str, str]]:
    """What is not a month, by its name in addresses."""
    is_now = is_weekend(periods.day_of(today))
    return [
        (TODAY, gettext("Today")),
        (WEEK, gettext("This weekend and next week") if is_now else gettext("This week")),
        (WEEKEND, gettext("Weekend")),
        (REGULAR, gettext("Regularly")),
    ]


def is_weekend(day: dt.date) -> bool:
    return day.isoweekday() >= SATURDAY
