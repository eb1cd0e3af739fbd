"""The answer to a calendar program: the same bytes as long as nothing changes."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.http import content_disposition_header

from cms.localization.localized_text import LocalizedText
from cms.routing.unchanged import FileOfContent
from dates.calendars import document
from dates.calendars.entries import Entry


def answer(
    request: HttpRequest, *, name: LocalizedText, entries: Iterable[Entry], file_name: str, page: str
) -> FileOfContent:
    """The calendar as a file that is shown or subscribed to; ``page`` is the path of what it belongs to.

    Programs may keep it, and ask each time whether it still holds.
    """
    data = document.calendar(name, entries, url=request.build_absolute_uri(page))
    response = FileOfContent(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(False, f"{file_name}.ics")
    return response
