"""The entrance of the directory: filter, register from A to Z, from near to far, map."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.pages.base_page import BasePage
from cms.routing import sites
from cms.routing.query_parameters import query_of
from directory.map import map_page
from directory.map.map_settings import street_map_of
from directory.map.nearby import NearbyListing, near_district
from directory.map.street_map import allow
from directory.permissions import DirectoryPermissionTester
from directory.profiles.listing import Listing


class DirectoryPage(BasePage):
    """Lists the organisations below it; parameters narrow it down, ``?near=`` puts it in order, ``?map=`` draws it."""

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
        if map_page.asked(request.GET):
            context |= map_page.context(listing, self.reader_path)
        return context

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        shown = map_page.TEMPLATES.get(map_page.asked(request.GET))
        return shown or super().get_template(request, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if map_page.asked(request.GET) != map_page.STREETS:
            return super().serve(request, *args, **kwargs)
        settings = street_map_of(sites.of_request(request))
        if settings is None:
            return redirect(f"{request.path}{query_of(request, {map_page.MAP: map_page.DISTRICTS})}")
        response = super().serve(request, *args, **kwargs)
        allow(response, origin=settings.origin)
        return response
