"""Pages of a list: whatever number an address asks for, the nearest valid page answers."""

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.http import HttpRequest


def requested_page(paginator: Paginator, request: HttpRequest) -> PageOfList:
    """The page ``?page=`` asks for; the first for nonsense, the last for too much."""
    return paginator.get_page(request.GET.get("page", "1")[:9])
