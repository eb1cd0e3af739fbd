"""What lies in the bin, one row for each deletion."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, PagePermissionTester, PageQuerySet

from cms.bin import tree

KEPT_FOR = dt.timedelta(days=30)


class Bin(Page):
    """The page below which deleted pages lie. Nobody has a right to it."""

    is_creatable = False
    parent_page_types: list[str] = []
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("bin")

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return PagePermissionTester(AnonymousUser(), self)

    @classmethod
    def get(cls) -> "Bin":
        """The only one, made when first needed."""
        found = cls.objects.first()
        if found is None:
            found = cls(title="Bin", slug=tree.SLUG, url_path=tree.PREFIX, live=False, locale=Locale.get_default())
            Page.get_first_root_node().add_child(instance=found)
        return found


def outside(pages: PageQuerySet) -> PageQuerySet:
    """Those of ``pages`` that are not in the bin, by a field that Wagtail's search can filter by."""
    for path in Bin.objects.values_list("path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages


class BinKind(models.TextChoices):
    PAGE = "page", _("page")
    PICTURE = "picture", _("picture")
    DOCUMENT = "document", _("document")


class BinQuerySet(models.QuerySet["BinEntry"]):
    def over(self) -> Self:
        """What has lain there long enough."""
        return self.filter(deleted_at__lt=timezone.now() - KEPT_FOR)


class BinEntry(models.Model):
    """A page with all that went with it, or a picture, or a document."""

    kind = models.CharField(_("kind"), max_length=10, choices=BinKind.choices)
    title = models.CharField(_("title"), max_length=255)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("deleted by")
    )
    deleted_at = models.DateTimeField(_("deleted"), default=timezone.now)
    page = models.OneToOneField(Page, models.CASCADE, null=True, related_name="+")
    """The page that was deleted; those below it and its translations stand in the bin as well."""
    file = models.CharField(max_length=100, blank=True)
    """Of a picture or document: the name of its file in the private storage."""
    kept: Any = models.JSONField(default=dict)
    """What restoring needs to know."""

    objects = BinQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the bin")
        verbose_name_plural = _("bin")
        ordering = ["-deleted_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def days_left(self) -> int:
        """Rounded up: 30 for what was deleted just now."""
        return max(0, -((timezone.now() - self.deleted_at - KEPT_FOR) // dt.timedelta(days=1)))
