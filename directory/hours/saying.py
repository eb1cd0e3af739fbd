"""Hours in words, in the language of the reader: as text for lists and comparisons, as HTML for pages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cms.localization import formats
from cms.pages.contacts import WEEKDAYS
from cms.templatetags.formats import clock, date_time, weekly
from directory.hours.timetable import PUBLIC_HOLIDAY, OpeningState, Span, SpecialDays

Week = Iterable[tuple[int, Span]]
Spans = tuple[Span, ...]
A_DAY = dt.timedelta(days=1)
A_WEEK = 7 * A_DAY


class Reason(models.TextChoices):
    """Why other hours hold; visitors read it."""

    NONE = "", "–"
    BREAK = "break", pgettext_lazy("reason for other opening hours", "holidays of the organisation")
    PUBLIC = PUBLIC_HOLIDAY, pgettext_lazy("reason for other opening hours", "public holiday")
    ILLNESS = "illness", pgettext_lazy("reason for other opening hours", "illness")
    WORKS = "works", pgettext_lazy("reason for other opening hours", "building works")
    EVENT = "event", pgettext_lazy("reason for other opening hours", "event")


def by_weekday(week: Week) -> dict[int, Spans]:
    found: dict[int, list[Span]] = defaultdict(list)
    for weekday, span in week:
        found[weekday].append(span)
    return {weekday: tuple(sorted(spans)) for weekday, spans in sorted(found.items())}


def in_groups(week: Week) -> list[tuple[int, int, Spans]]:
    """Days that follow one another with the same hours: first day, last day, hours; days without hours too."""
    known = by_weekday(week)
    groups = groupby(((number, known.get(number, ())) for number, _name in WEEKDAYS), key=lambda day: day[1])
    runs = [(spans, [number for number, _spans in days]) for spans, days in groups]
    return [(days[0], days[-1], spans) for spans, days in runs]


def span_in_words(span: Span) -> str:
    return formats.time_range(span.opens, span.closes)


def week_in_words(week: Week) -> str:
    """A line for each group of days: "Montag – Freitag: 09:00–12:00, 14:00–17:00"."""
    return "\n".join(
        f"{formats.weekday_range(first, last)}: {', '.join(map(span_in_words, spans))}"
        for first, last, spans in in_groups(week)
        if spans
    )


def special_in_words(special: Iterable[SpecialDays]) -> str:
    """A line for each: "24.–26. Dezember 2026: geschlossen (Feiertag)"."""
    return "\n".join(_special_line(each) for each in sorted(special, key=_beginning))


def _special_line(days: SpecialDays) -> str:
    said = span_in_words(days.span) if days.span else closed()
    reason = reason_label(days.reason)
    return f"{formats.date_range(days.first, days.last)}: {said}" + (f" ({reason})" if reason else "")


def _beginning(days: SpecialDays) -> tuple[dt.date, dt.date, dt.time]:
    return days.first, days.last, days.span.opens if days.span else dt.time.min


def in_order(special: Iterable[SpecialDays]) -> Sequence[SpecialDays]:
    return sorted(special, key=_beginning)


def closed() -> str:
    return pgettext("opening hours", "closed")


def reason_label(reason: str) -> str:
    return str(dict(Reason.choices).get(reason, "")) if reason else ""


def state_sentence(state: OpeningState, now: dt.datetime) -> SafeString:
    """ "Open today until 17:00", "Opens tomorrow at 09:00"; times keep their order in every direction of writing."""
    if state.kind == "always":
        return format_html("{}", _("Open around the clock"))
    if state.at is None:
        return format_html("{}", _("Closed at the moment"))
    today, day, time = formats.local(now).date(), state.at.date(), state.at.time()
    if state.kind == "open" and day - today <= A_DAY:
        return _with_time(_("Open today until %(time)s") if day == today else _("Open until %(time)s"), time)
    if state.kind == "open":
        return format_html(_("Open until %(time)s") % {"time": "{}"}, weekly(day.isoweekday(), time))
    if day == today:
        return _with_time(_("Opens today at %(time)s"), time)
    if day == today + A_DAY:
        return _with_time(_("Opens tomorrow at %(time)s"), time)
    # Translators: a weekday or a date with a time: "Opens again: Monday, 09:00".
    pattern = _("Opens again: %(when)s") % {"when": "{}"}
    if day - today < A_WEEK:
        return format_html(pattern, weekly(day.isoweekday(), time))
    return format_html(pattern, date_time(timezone.make_aware(state.at, timezone.get_default_timezone())))


def day_sentence(spans: Spans, reason: str) -> SafeString:
    """ "Open today: 09:00–12:00 and 14:00–17:00", or that it is closed, and why."""
    if any(span.is_whole_day for span in spans):
        return format_html("{}", _("Open around the clock"))
    if spans:
        hours = format_html(formats.list_of(["{}"] * len(spans)), *(clock(span.opens, span.closes) for span in spans))
        return format_html(_("Open today: %(hours)s") % {"hours": "{}"}, hours)
    if reason:
        return format_html("{}", _("Closed today: %(reason)s") % {"reason": reason})
    return format_html("{}", _("Closed today"))


def _with_time(sentence: str, time: dt.time) -> SafeString:
    return format_html(sentence % {"time": "{}"}, clock(time))
