"""The pin of an organisation for who edits its page in the admin: the map that members have, over the same draft."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.pages import drafts
from directory import permissions
from directory.map.map_settings import street_map_of
from directory.map.street_map import MEDIA, allow_tiles, begins_at
from directory.portal.address import PointForm
from directory.profiles.organisation import OrganisationPage


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("organisations/<int:pk>/point/", point, name="organisation_point")]


@hooks.register("register_page_header_buttons")
def button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    is_source = isinstance(page, OrganisationPage) and page.facts is page
    if view_name == "edit" and is_source and permissions.edits_profile(user, page):
        address = reverse("organisation_point", args=[page.pk])
        yield Button(_("Point on the map"), address, icon_name="site", priority=40)


def point(request: HttpRequest, pk: int) -> HttpResponse:
    """The Site's street map stands there with ``?map`` only, after its server was named."""
    page = get_object_or_404(OrganisationPage.objects.sources(), pk=pk)
    if not permissions.edits_profile(request.user, page):
        raise PermissionDenied
    drafts.start_editing(page)
    form = PointForm(request.POST or None, page=page)
    problem: str | Promise = ""
    if form.is_valid():
        try:
            drafts.save(page=page, form=form, user=request.user)
        except drafts.Locked as error:
            problem = str(error)
        except drafts.Conflict as conflict:
            form.go_on_from(conflict.newest)
            problem = _("Somebody else has moved the point meanwhile. Save once more to keep yours.")
        else:
            messages.success(request, _("The point stands in the draft. Publish the profile for readers to see it."))
            return redirect("wagtailadmin_pages:edit", page.pk)
    settings = street_map_of(page.get_site())
    shown = settings if "map" in request.GET else None
    context = {
        "organisation": page,
        "form": form,
        "problem": problem,
        "street_map": settings,
        "is_asked": shown is not None,
        "media": MEDIA if shown else "",
        "centre": begins_at(drafts.draft_of(page), shown) if shown else None,
    }
    response = TemplateResponse(request, "directory/portal/admin/point.html", context)
    if shown:
        allow_tiles(response, origin=shown.origin)
    return response
