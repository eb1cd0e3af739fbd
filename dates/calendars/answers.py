"""The answer to a calendar program: the same bytes as long as nothing changes, and a mark by which it can tell."""

from collections.abc import Iterable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from cms.words import Words
from dates.calendars import document
from dates.calendars.entries import Entry

KEPT_FOR = 900  # seconds


def answer(request: HttpRequest, *, name: Words, entries: Iterable[Entry], file_name: str, page: str) -> HttpResponse:
    """The calendar as a file that is shown or subscribed to; ``page`` is the path of what it belongs to.

    The mark (ETag) is that of the bytes: it also changes when something was deleted.
    ``ConditionalGetMiddleware`` answers 304 by it.
    """
    data = document.calendar(name, entries, url=request.build_absolute_uri(page))
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{sha256(data).hexdigest()[:32]}"'
    response["Content-Disposition"] = content_disposition_header(False, f"{file_name}.ics")
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response
