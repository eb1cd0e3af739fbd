"""What the editor says about an event that was saved, beside what it refuses."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from dates.events.event_page import EventPage
from dates.events.event_warnings import warnings_about


def warn(request: HttpRequest, page: Any) -> None:
    if isinstance(page, EventPage) and page.facts is page:
        followed = getattr(page, "exceptions_followed", None)
        for sentence in followed.sentences if followed else ():
            messages.info(request, sentence)
        for doubt in warnings_about(page):
            messages.warning(request, doubt)
