"""Where pages lie that were deleted: below a page of their own beside the homes of the sites, hidden everywhere.

What stands there keeps its rows, revisions, translations and everything that points to it. Its ``url_path`` says that
it is there, with a point that no slug of people can have: no query is needed to know it.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

SLUG = ".bin"
PREFIX = f"/{SLUG}/"

IN_THE_BIN = _("This page is in the bin. Restore it first.")


class InTheBin(PermissionDenied):
    """Somebody or something wants to write into a page that lies in the bin."""

    def __init__(self) -> None:
        super().__init__(str(IN_THE_BIN))


OUTSIDE = ~Q(url_path__startswith=PREFIX)
"""Condition: the page is not in the bin."""


def is_binned(page: Page) -> bool:
    return str(page.url_path).startswith(PREFIX)


def keep_private(page: Page) -> None:
    """Raises InTheBin rather than publishing. Asks the database: ``page`` may have been read before it was deleted."""
    if page.live and page.pk is not None and Page.objects.filter(pk=page.pk).exclude(OUTSIDE).exists():
        raise InTheBin


def keep_unwritten(page: Page) -> None:
    if is_binned(page):
        raise InTheBin
