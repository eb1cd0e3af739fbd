"""A part of a file, as videos and broken downloads ask for it (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import parse_http_date_safe

AT_ONCE = 64 * 1024

Span = tuple[int, int]
"""First and last byte."""


def part_of(file: Any, *, request: HttpRequest, size: int, etag: str, modified: float) -> HttpResponseBase | None:
    """The answer with the part that ``request`` wants, 416 if there is none; None: send the whole file.

    Whoever asks for several parts at once gets the whole.
    """
    wanted = request.headers.get("Range", "")
    if request.method != "GET" or not wanted or not _still_holds(request.headers.get("If-Range"), etag, modified):
        return None
    span = span_of(wanted, size)
    if span is None:
        return None
    first, last = span
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response: Any = FileResponse(_Part(file, first, last), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def span_of(header: str, size: int) -> Span | None:
    """The bytes that ``header`` asks for; an empty span (1, 0) when there are none, None when it is to be ignored."""
    match = re.fullmatch(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", header.strip(), re.ASCII | re.IGNORECASE)
    if match is None or match.groups() == ("", ""):
        return None
    start, end = match.groups()
    if not start:
        first, last = max(size - int(end), 0), size - 1
        return (first, last) if int(end) and size else (1, 0)
    first, last = int(start), min(int(end) if end else size - 1, size - 1)
    if end and int(end) < first:
        return None
    return (first, last) if first < size else (1, 0)


def _still_holds(condition: str | None, etag: str, modified: float) -> bool:
    """Whether the part belongs to what the client has: its strong ETag, or the exact time (RFC 9110, 13.1.5)."""
    if condition is None:
        return True
    condition = condition.strip()
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == int(modified)


class _Part:
    """The bytes of a file from one to another, for FileResponse."""

    def __init__(self, file: Any, first: int, last: int) -> None:
        self.file, self.left = file, last - first + 1
        file.seek(first)

    def read(self, size: int = -1) -> bytes:
        content: bytes = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(content)
        return content

    def __iter__(self) -> Iterator[bytes]:
        while content := self.read(AT_ONCE):
            yield content

    def close(self) -> None:
        self.file.close()
