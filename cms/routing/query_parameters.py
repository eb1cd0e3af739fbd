"""The query parameters that our pages read. All others (``fbclid``, ``utm_source``) are never printed into a page.

Each app registers its own when it is ready; ``q`` and ``page`` belong to every list.
"""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict


def requested_page(paginator: "Paginator[Any]", request: HttpRequest) -> "PageOfList[Any]":
    """The page ``?page=`` asks for; the first for nonsense, the last for too much."""
    return paginator.get_page(request.GET.get("page", "1")[:9])


_known = {"q", "page"}


def register(*names: str) -> None:
    _known.update(names)


def without_empty(request: HttpRequest) -> str | None:
    """The address without the fields of a form that were left empty; None where it has none."""
    if all(all(values) for _name, values in request.GET.lists()):
        return None
    kept = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        kept.setlist(name, [value for value in values if value] if values[-1] else [])
    encoded = kept.urlencode()
    return f"{request.path}?{encoded}" if encoded else request.path


def query_of(request: HttpRequest, changes: Mapping[str, object] | None = None) -> str:
    """The known parameters of ``request`` as ``?…``, "" without any; a change to None or "" removes one."""
    kept = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in _known:
            kept.setlist(name, values)
    for name, value in (changes or {}).items():
        kept.setlist(name, [] if value in (None, "") else [str(value)])
    encoded = kept.urlencode()
    return f"?{encoded}" if encoded else ""
