"""In the admin, a page that is not yet public is known to those who may edit it, and by no other name than its public
one to all others: a translator of one language sees the titles that visitors see of the others.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

_reader: ContextVar[Any] = ContextVar("reader", default=None)


class ReaderMiddleware:
    """Notes who reads; in jobs, commands and for visitors nobody does, and nothing is hidden."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _reader.set(request.user if request.path.startswith("/admin/") else None)
        try:
            return self.get_response(request)
        finally:
            _reader.reset(token)


def _own_paths(user: Any) -> list[str] | None:
    """Paths of the pages on which ``user`` has any right, with all below them; None for who has some on all pages."""
    if user is None or not user.is_authenticated or user.is_superuser:
        return None
    granted = page_permission_policy.get_cached_permissions_for_user(user)
    paths = {each.page.path for each in granted}
    return None if any(len(path) == Page.steplen for path in paths) else sorted(paths)


def may_know(page: Page) -> bool:
    """Whether the reader may know what the draft of ``page`` is called."""
    paths = _own_paths(_reader.get())
    return paths is None or not page.path or page.path.startswith(tuple(paths))


def known_to(user: Any) -> Q:
    """Condition: a page that is public, or on which ``user`` has rights."""
    paths = _own_paths(user)
    if paths is None:
        return Q()
    known = Q(live=True)
    for path in paths:
        known |= Q(path__startswith=path)
    return known
