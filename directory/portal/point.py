"""The point of an organisation, on the Site's street map: the only screen of "My organisation" that loads it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.pages.drafts import draft_of
from directory.map.map_settings import street_map_of
from directory.map.street_map import MEDIA, allow, begins_at
from directory.portal.access import member_required, organisation_or_404
from directory.portal.address import PointForm
from directory.portal.editing import edit


@member_required
def point(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the Site has no street map, the point is typed, and no script is sent."""
    organisation = organisation_or_404(request.user, key)
    settings = street_map_of(organisation.get_site())
    response = edit(
        request,
        form_class=PointForm,
        template="directory/portal/point.html",
        title=_("Point on the map"),
        organisation=organisation,
        done=reverse("my_address", kwargs={"key": key}),
        settings=settings,
        media=MEDIA if settings else "",
        centre=begins_at(draft_of(organisation), settings) if settings else None,
    )
    if settings:
        allow(response, origin=settings.origin)
    return response
