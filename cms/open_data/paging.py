"""A page of a list, with the addresses of those before and after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from cms.open_data.answers import NothingThere
from cms.open_data.parameters import SIZE
from cms.routing.query_parameters import query_of


@dataclass(frozen=True)
class PageOfRows:
    rows: list[Any]
    number: int
    pages: int
    size: int
    total: int
    links: dict[str, str]
    """``next`` and ``prev``, whole addresses, where there is such a page."""


def page_of(rows: Any, request: HttpRequest, values: Mapping[str, Any]) -> PageOfRows:
    """The page that is asked for; raises NothingThere beyond the last."""
    number, size = values.get("page", 1), values.get("size", SIZE)
    paginator = Paginator(rows, size)
    if number > paginator.num_pages:
        raise NothingThere(f"There is no page {number}; the last is {paginator.num_pages}.")
    page = paginator.page(number)

    def address(other: int) -> str:
        return request.build_absolute_uri(request.path + query_of(request, {"page": other}))

    links = {}
    if page.has_next():
        links["next"] = address(number + 1)
    if page.has_previous():
        links["prev"] = address(number - 1)
    return PageOfRows(list(page.object_list), number, paginator.num_pages, size, paginator.count, links)
