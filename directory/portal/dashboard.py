"""The first screen of "My organisation": how it stands, what to do next, and everything that can be changed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from directory import permissions
from directory.organisation import OrganisationPage
from directory.portal import parts, screen
from directory.portal.access import member_required, organisation_or_404


@member_required
def choose(request: HttpRequest) -> HttpResponse:
    """``/<language>/my/``: straight on for those who have one organisation, a choice for those who have several."""
    keys = permissions.organisations_of(request.user)
    mine = list(OrganisationPage.objects.sources().filter(translation_key__in=keys).order_by("title"))
    if len(mine) == 1:
        return redirect("my_organisation", key=mine[0].translation_key)
    return screen.show(request, "directory/portal/choose.html", title=_("My organisation"), organisations=mine)


@member_required
def dashboard(request: HttpRequest, key: UUID) -> HttpResponse:
    organisation = organisation_or_404(request.user, key)
    return screen.show(
        request, "directory/portal/dashboard.html", title=organisation.name, rows=parts.registered(), page=organisation
    )
