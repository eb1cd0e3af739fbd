"""Dates, times, numbers and telephone numbers in templates: ``{% load formats %}``.

Filters give plain text in the language of the request, and nothing for nothing. Tags give HTML that keeps
its order in right-to-left text: digits with signs between them stand in ``<bdi dir="ltr">``.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.localization import formats, phones

register = template.Library()


def _blank_for_blank(function: Callable[..., str]) -> Callable[[Any], str]:
    """As Django's own filters do: an optional field that is empty is shown as nothing."""

    @wraps(function)
    def tolerant(value: Any) -> str:
        return "" if value in (None, "") else function(value)

    return tolerant


for plain in (
    formats.full_date,
    formats.medium_date,
    formats.month_year,
    formats.weekday_name,
    formats.month_name,
    formats.time,
    formats.number,
):
    register.filter(plain.__name__, _blank_for_blank(plain))


@register.filter
def list_of(items: Iterable[str]) -> SafeString:
    """``{{ names|list_of }}``: "Haspe, Eilpe und Boele", each name isolated, since it may be in any script."""
    names = list(items)
    if not names:
        return SafeString()
    return format_html(formats.list_of(["<bdi>{}</bdi>"] * len(names)), *names)


@register.filter
def phone_link(e164: str) -> SafeString | str:
    """``{{ organisation.phone|phone_link }}``: the readable number, which dials when chosen."""
    if not e164:
        return ""
    try:
        return format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', phones.tel_uri(e164), phones.display(e164))
    except phones.InvalidPhoneNumber:  # which a list of former times may hold: better to read than nothing
        return format_html('<bdi dir="ltr">{}</bdi>', e164)


@register.simple_tag
def day(value: dt.date) -> SafeString:
    """``{% day value %}``: "28. Januar 2025", also readable by programs."""
    date = formats.local(value).date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', date.isoformat(), formats.medium_date(date))


@register.simple_tag
def whole_day(value: dt.date) -> SafeString:
    """``{% whole_day value %}``: "Dienstag, 28. Januar 2025", for what takes all day."""
    date = formats.local(value).date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', date.isoformat(), formats.full_date(date))


@register.simple_tag
def short_day(value: dt.date) -> SafeString:
    """``{% short_day value %}``: "Do., 3. Dez." among other dates of the months ahead."""
    date = formats.local(value).date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', date.isoformat(), formats.short_day(date))


@register.simple_tag
def month(value: dt.date) -> SafeString:
    """``{% month value %}``: "November 2021" where the day is not known, also readable by programs."""
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', f"{value:%Y-%m}", formats.month_year(value))


@register.simple_tag
def short_date_bdi(value: dt.date) -> SafeString:
    """``{% short_date_bdi value %}``: "28.01.2025", the numeric twin in every language."""
    return format_html('<bdi dir="ltr">{}</bdi>', formats.short_date(value))


@register.simple_tag
def time_range(start: dt.datetime | dt.time, end: dt.datetime | dt.time) -> SafeString:
    """``{% time_range start end %}``: "16:00–18:00"."""
    return format_html('<bdi dir="ltr">{}</bdi>', formats.time_range(start, end))


@register.simple_tag
def clock(start: dt.time, end: dt.time | None = None) -> SafeString:
    """``{% clock start end %}``: "15:00–17:00" or, without end, "15:00"."""
    return time_range(start, end) if end else format_html('<bdi dir="ltr">{}</bdi>', formats.time(start))


@register.simple_tag
def from_to(start: dt.datetime, end: dt.datetime | None = None) -> SafeString:
    """``{% from_to start end %}``: "15:00–17:00" where the day stands above, also readable by programs."""
    is_known = end is not None and formats.local(end) > formats.local(start)
    hours = time_range(start, end) if is_known and end else format_html('<bdi dir="ltr">{}</bdi>', formats.time(start))
    return format_html('<time datetime="{}">{}</time>', formats.local(start).isoformat(timespec="seconds"), hours)


@register.simple_tag
def weekly(weekday: int, start: dt.time, end: dt.time | None = None) -> SafeString:
    """``{% weekly weekday start end %}``: "Montag, 15:00–17:00 Uhr"; 1 is Monday."""
    joined = formats.join_date_and_time("{0}", "{1}")
    return format_html('<bdi class="clock">' + joined + "</bdi>", formats.weekday_name(weekday), clock(start, end))


@register.simple_tag
def date_range(start: dt.date, end: dt.date) -> SafeString:
    """``{% date_range start end %}``: "28.–30. Januar 2025"."""
    return format_html("<bdi>{}</bdi>", formats.date_range(start, end))


@register.simple_tag
def date_time(value: dt.datetime, until: dt.datetime | None = None) -> SafeString:
    """``{% date_time start %}`` or ``{% date_time start end %}``: as ``formats.date_and_time``, marked up.

    ``datetime`` names the start; HTML knows no attribute for a period within a day.
    """
    start = formats.local(value)
    end = formats.local(until) if until else None
    if end is None or end <= start:
        return _moment(start, formats.time(start))
    if end.date() == start.date():
        return _moment(start, time_range(start, end))
    both = (_moment(moment, formats.time(moment)) for moment in (start, end))
    return format_html("<bdi>" + formats.join_interval("{}", "{}") + "</bdi>", *both)


def _moment(start: dt.datetime, clock: str) -> SafeString:
    words = format_html(formats.join_date_and_time("{0}", "{1}"), formats.full_date(start), clock)
    return format_html('<time datetime="{}"><bdi>{}</bdi></time>', start.isoformat(timespec="seconds"), words)
