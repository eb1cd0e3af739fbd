"""The entrance of the directory: filter, register from A to Z, from near to far, map."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.pages.base_page import BasePage
from cms.routing import sites
from directory.map import map_page
from directory.map.nearby import NearbyListing, near_district
from directory.permissions import DirectoryPermissionTester
from directory.profiles.listing import Listing


class DirectoryPage(BasePage):
    """Lists the organisations below it: ``?topic=&language=&district=&q=`` ask for some, ``?near=&map=`` for an order."""

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
        site = sites.of_request(request)
        near = near_district(request.GET, site)
        listing = (
            NearbyListing(self.facts, request.GET, site=site, near=near)
            if near
            else Listing(self.facts, request.GET, site=site)
        )
        context |= {"listing": listing, "map_href": map_page.href(listing, self.reader_path)}
        if map_page.is_asked(request.GET):
            context |= map_page.context(listing, self.reader_path)
        return context

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return map_page.TEMPLATE if map_page.is_asked(request.GET) else super().get_template(request, *args, **kwargs)
