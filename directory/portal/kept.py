"""What somebody typed while their log-in had ended: kept for them until they are back, so that nothing is lost.

It stays in the session of their browser, which outlives the log-in, for one hour; files cannot be kept.
"""

import time
from typing import Any

from django.http import HttpRequest, QueryDict

SESSION_KEY = "typed_without_login"
LARGEST = 64 * 1024
SECONDS = 60 * 60
NOT_KEPT = ("csrfmiddlewaretoken", "current", "password")
"""Parts of the names of fields that are not kept: a password would stand in the database."""


def keep(request: HttpRequest) -> None:
    """Remembers the fields of a form that came without log-in; for the address to which it was sent."""
    fields = request.POST.copy()
    for name in request.POST:
        if any(part in name for part in NOT_KEPT):
            del fields[name]
    text = fields.urlencode()
    if len(text) <= LARGEST:
        request.session[SESSION_KEY] = {"path": request.path, "fields": text, "at": time.time()}


def take(request: HttpRequest) -> QueryDict | None:
    """What was typed for this address, once; None when there is nothing, or not any more."""
    kept: dict[str, Any] | None = request.session.get(SESSION_KEY)
    if kept is None or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    return QueryDict(kept["fields"]) if time.time() - kept["at"] < SECONDS else None
