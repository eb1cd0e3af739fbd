"""Hours for search engines: OpeningHoursSpecification of schema.org."""

import datetime as dt
from typing import Any

from cms.localization import formats
from directory.hours.saying import in_order
from directory.hours.timetable import Span, Timetable

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOSED = {"opens": "00:00", "closes": "00:00"}
"""As search engines read it: a day that closes when it opens."""
WHOLE_DAY = {"opens": "00:00", "closes": "23:59"}


def specification(timetable: Timetable, *, today: dt.date) -> list[dict[str, Any]]:
    """The week, then public holidays, then special days that are not over. What names days overrides the week."""
    days_of: dict[Span, list[str]] = {}
    for weekday, spans in timetable.week.items():
        for span in spans:
            days_of.setdefault(span, []).append(f"https://schema.org/{DAYS[weekday - 1]}")
    rows: list[dict[str, Any]] = [{"dayOfWeek": days, **_times(span)} for span, days in days_of.items()]
    if timetable.closed_on_public_holidays and rows:
        rows.append({"dayOfWeek": "https://schema.org/PublicHolidays", **CLOSED})
    rows += [
        {"validFrom": each.first.isoformat(), "validThrough": each.last.isoformat(), **_times(each.span)}
        for each in in_order(timetable.special)
        if each.last >= today
    ]
    return [{"@type": "OpeningHoursSpecification", **row} for row in rows]


def _times(span: Span | None) -> dict[str, str]:
    if span is None:
        return CLOSED
    if span.is_whole_day:
        return WHOLE_DAY
    return {"opens": formats.time(span.opens), "closes": formats.time(span.closes)}
