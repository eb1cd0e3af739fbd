"""How to get dates into one's own calendar, and how it went with those from there: ``{% load calendars %}``."""

from typing import Any

from django import template

from dates.calendar_import.outcomes import sentence_of
from dates.calendars.subscription import Subscription

register = template.Library()


@register.inclusion_tag("dates/includes/subscribe.html", takes_context=True)
def subscribe(context: dict[str, Any], path: str, name: Any, level: int = 2) -> dict[str, Any]:
    """``{% subscribe path name level=2 %}``: the ways to the calendar at ``path``; ``level`` is that of the heading."""
    address = context["request"].build_absolute_uri(path)
    return {"subscription": Subscription(address, str.__str__(name)), "path": path, "level": level}


@register.simple_tag
def outcome(word: str) -> str:
    """``{% outcome word %}``: how a look at a followed calendar went that took nothing over."""
    return sentence_of(word, {})
