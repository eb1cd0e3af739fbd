"""From when to when: the two parameters that all dates share."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms.open_data.collections import Question
from cms.open_data.parameters import day
from dates.calendars import period
from dates.council.sessions import start_of_today

LONGEST = dt.timedelta(days=366)
FILTERS = (
    day(
        "from",
        "Only what is not over before this day; today where nothing is said. Reaches back to last year.",
    ),
    day("to", "Only what begins on this day or before; a year after the first day where nothing is said, and at most."),
)


def asked(question: Question) -> tuple[dt.datetime, dt.datetime]:
    """The first moment, and the one at which it is over."""
    today = start_of_today()
    since = max(_beginning(question.values.get("from")) or today, period.beginning())
    until = _beginning(question.values.get("to"))
    until = until + dt.timedelta(days=1) if until else since + LONGEST
    return since, min(until, since + LONGEST)


def _beginning(day: Any) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), timezone.get_default_timezone()) if day else None
