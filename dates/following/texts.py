"""Texts of foreign calendars: one line without markup, of the length that our fields have."""

import html
from typing import Any

from django.utils.html import strip_tags

from cms.localization.clean_text import one_line

LONGEST = 20_000
"""Signs that are looked at."""


def line(value: Any, length: int) -> str:
    """``value`` without tags, line breaks and invisible controls, cut at a word where it is too long."""
    text = html.unescape(strip_tags(str(value[0] if isinstance(value, list) and value else value)[:LONGEST]))
    text = one_line(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[length // 2 :] else cut}…"
