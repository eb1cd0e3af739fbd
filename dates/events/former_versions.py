"""Versions of events that were kept before rules of recurrence were those of RFC 5545, read as what they mean."""

from typing import Any

from django.utils.dateparse import parse_datetime

from cms.localization import formats
from dates.recurrence import former


def in_words_of_today(content: dict[str, Any]) -> dict[str, Any]:
    """``content`` of a revision; its rule follows the day on which the event begins."""
    rule, start = content.get("recurrence"), parse_datetime(str(content.get("start") or ""))
    if not rule or start is None:
        return content
    return {**content, "recurrence": former(rule, formats.local(start).date())}
