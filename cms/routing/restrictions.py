"""Pages behind a password, a log-in or a group: they and all below them are in no list, and no page speaks of them."""

from collections import defaultdict

from django.db.models import Q
from django.db.models.functions import Substr
from django.db.models.lookups import In
from wagtail.models import Page, PageViewRestriction

from cms.database.request_memory import remembered


def restricted_paths() -> tuple[str, ...]:
    """Tree paths of the pages that have a restriction, nearly always none; asked once a request."""
    paths = PageViewRestriction.objects.values_list("page__path", flat=True)
    return remembered(("restricted paths",), lambda: tuple(paths))


def unrestricted(path: str = "path") -> Q:
    """Condition: the page whose tree path is ``path`` stands neither behind a restriction nor below one.

    No condition at all where there is no restriction. Else the paths are compared as values: as a join, the database
    would look at all restrictions, or worse at all pages, for each row.
    """
    by_length = defaultdict(list)
    for restricted in restricted_paths():
        by_length[len(restricted)].append(restricted)
    condition = Q()
    for length, paths in by_length.items():
        condition &= ~Q(In(Substr(path, 1, length), paths))
    return condition


def may_name(page: Page) -> bool:
    """Whether a public page may speak of ``page``: it is live, and no password or log-in stands before it."""
    return bool(page.live) and not page.path.startswith(restricted_paths())
