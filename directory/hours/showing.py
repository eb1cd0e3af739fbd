"""What a page shows of the hours: how it stands now, a table of the week, and the special days that come."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.localization import formats
from directory.hours import saying
from directory.hours.saying import in_order
from directory.hours.timetable import Span, SpecialDays, Timetable

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


@dataclass(frozen=True)
class Days:
    """A line of the table; without ``spans`` it is closed."""

    label: str
    spans: tuple[Span, ...]
    is_today: bool


@dataclass(frozen=True)
class Special:
    """Days with other hours, each pair of days once."""

    first: dt.date
    last: dt.date
    spans: tuple[Span, ...]
    reason: str


@dataclass(frozen=True)
class Hours:
    """Right at ``now`` only: an answer that shows it must not be kept longer than until the state ends."""

    timetable: Timetable
    by_appointment: bool
    now: dt.datetime

    def __bool__(self) -> bool:
        return bool(self.timetable) or self.by_appointment

    @property
    def today(self) -> dt.date:
        return formats.local(self.now).date()

    @property
    def has_week(self) -> bool:
        return any(self.timetable.week.values())

    @property
    def is_open(self) -> bool:
        return self.timetable.state(self.now).kind in ("open", "always")

    @property
    def state(self) -> SafeString:
        """The sentence on top; without any hours to go by it says that people make an appointment."""
        state = self.timetable.state(self.now)
        if state.kind == "closed" and not self.has_week and self.by_appointment:
            return format_html("{}", _("Open by appointment"))
        return saying.state_sentence(state, self.now)

    @property
    def spans_today(self) -> tuple[Span, ...]:
        """They hold until the day is over, whatever the hour."""
        return self.timetable.spans_on(self.today)

    @property
    def said_of_today(self) -> SafeString:
        """For lists, which say nothing that is over within the day; empty when nothing is known of it."""
        if self.has_week or any(each.holds_on(self.today) for each in self.timetable.special):
            return saying.day_sentence(self.spans_today, self.reason)
        return format_html("{}", _("Open by appointment")) if self.by_appointment else SafeString()

    @property
    def reason(self) -> str:
        """Why it is closed today although it would be open; empty when it is not, or nobody has said why."""
        return saying.reason_label(self.timetable.reason_closed(self.today) or "")

    @property
    def week(self) -> list[Days]:
        """All seven days, those with the same hours together."""
        if not self.has_week:
            return []
        rows = ((weekday, span) for weekday, spans in self.timetable.week.items() for span in spans)
        today = self.today.isoweekday()
        return [
            Days(formats.weekday_range(first, last), spans, first <= today <= last)
            for first, last, spans in saying.in_groups(rows)
        ]

    @property
    def special(self) -> list[Special]:
        """Those that are not over."""
        coming = [each for each in saying.in_order(self.timetable.special) if each.last >= self.today]
        together: dict[tuple[dt.date, dt.date], list[SpecialDays]] = {}
        for each in coming:
            together.setdefault((each.first, each.last), []).append(each)
        return [
            Special(*days, tuple(each.span for each in rows if each.span), saying.reason_label(rows[0].reason))
            for days, rows in together.items()
        ]
