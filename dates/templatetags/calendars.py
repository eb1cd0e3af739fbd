"""How to get dates into one's own calendar, and how it went with those from there: ``{% load calendars %}``."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import template

from dates.calendar_import.outcomes import sentence_of

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb"


@dataclass(frozen=True)
class Subscription:
    """``address``: absolute address of a calendar; ``name`` is what the services are told to call it."""

    address: str
    name: str

    @property
    def webcal(self) -> str:
        """What calendar programs on phones and computers answer to."""
        return urlsplit(self.address)._replace(scheme="webcal").geturl()

    @property
    def google(self) -> str:
        return f"{GOOGLE}?{urlencode({'cid': self.webcal})}"

    @property
    def outlook(self) -> str:
        return f"{OUTLOOK}?{urlencode({'url': self.address, 'name': self.name})}"


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
