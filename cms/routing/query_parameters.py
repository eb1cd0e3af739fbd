"""The query parameters that our pages read. All others (``fbclid``, ``utm_source``) are never printed into a page.

Each app registers its own when it is ready; ``q`` and ``page`` belong to every list.
"""

from collections.abc import Mapping

from django.http import HttpRequest, QueryDict

_known = {"q", "page"}


def register(*names: str) -> None:
    _known.update(names)


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
