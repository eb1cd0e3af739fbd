"""The entrance of the directory: filter, register from A to Z."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.pages.base_page import BasePage
from cms.routing import sites
from directory.permissions import DirectoryPermissionTester
from directory.profiles import listing


class DirectoryPage(BasePage):
    """Lists the organisations below it; ``?topic=&language=&district=&q=`` narrow it down."""

    template = "directory/profiles/directory_page.html"

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]
    subpage_types = ["directory.OrganisationPage"]
    max_count_per_parent = 1

    permission_tester = DirectoryPermissionTester

    class Meta:
        verbose_name = _("directory")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = listing.Listing(self.facts, request.GET, site=sites.of_request(request))
        return context
