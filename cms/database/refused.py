"""When writing is impossible for a while: somebody else holds the lock, the disk is full, the database restarts.

Whoever only reads never meets this. Whoever sends something gets a page that says so in their language (503 with
``Retry-After``) and holds what they have sent: one press sends it again.
"""

import errno
import logging
import sqlite3
import time
from collections.abc import Callable
from typing import NamedTuple

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError

from cms.database.reading import SAFE
from cms.http.maintenance import render_without_database

logger = logging.getLogger(__name__)

BUSY, FULL = "busy", "full"
RETRY_AFTER = {BUSY: 5, FULL: 300}  # seconds
REMEMBERED = 60  # seconds
NOT_REPEATED = ("password", "current", "otp", "token")
"""Parts of the names of fields that are never printed into a page; without them there is nothing to send again."""

SQLITE = {
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL), BUSY),
    **dict.fromkeys(
        (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN), FULL
    ),
}
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
POSTGRES_FULL = "53"  # insufficient resources
POSTGRES_BUSY = ("08", "40", "55", "57")  # connection, rollback of a deadlock, lock not available, shutting down

_last: dict[str, float] = {}


def reason(error: BaseException | None) -> str:
    """``busy`` or ``full`` when time or the operator will cure this error, "" when it is a fault of the program."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if found := reason_of_one(error):
            return found
        error = error.__cause__ or error.__context__
    return ""


def reason_of_one(error: BaseException) -> str:
    if isinstance(error, sqlite3.OperationalError):
        code = getattr(error, "sqlite_errorcode", None)  # extended codes hold the simple one in their last byte
        return SQLITE.get(code & 0xFF, "") if code is not None else ""
    if isinstance(error, OSError):
        return FULL if error.errno in FULL_DISK else ""
    if isinstance(error, OperationalError):
        state = getattr(error.__cause__, "sqlstate", "")
        if state is None:  # psycopg never reached the server
            return BUSY
        return FULL if state.startswith(POSTGRES_FULL) else BUSY if state.startswith(POSTGRES_BUSY) else ""
    return ""


def lately() -> str:
    """Why this process could not write within the last minute; "" when nothing was refused."""
    now = time.monotonic()
    return next((why for why in (FULL, BUSY) if now - _last.get(why, -REMEMBERED) < REMEMBERED), "")


class RefusedWriteMiddleware:
    """Answers for a view that could not write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(request, exception)


def answer(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The page for an error that passes; None for any other."""
    why = reason(error)
    if not why:
        return None
    _last[why] = time.monotonic()
    logger.warning("%s %s: writing was impossible (%s): %s", request.method, request.path, why, error)
    context = {"sent": sent(request), "is_full": why == FULL, "path": request.get_full_path()}
    response = HttpResponse(render_without_database("refused.html", request, context), status=503)
    response["Retry-After"] = str(RETRY_AFTER[why])
    response["Cache-Control"] = "no-store"
    return response


class Sent(NamedTuple):
    """What a form has brought: fields to be sent once more, unless something among them cannot be."""

    fields: list[tuple[str, str]]
    is_complete: bool


def sent(request: HttpRequest) -> Sent | None:
    if request.method in SAFE:
        return None
    try:
        fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except (OSError, MultiPartParserError):
        return Sent([], is_complete=False)
    secret = any(
        part in name.lower() for name, _value in fields for part in NOT_REPEATED if name != "csrfmiddlewaretoken"
    )
    return Sent([] if secret else fields, is_complete=not secret and not has_files)
