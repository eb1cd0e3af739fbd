"""The directory's own parts of "My organisation", and the one view that serves the form of each."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from cms.pages.drafts import DraftForm
from directory.portal.about import AboutForm, TopicsForm
from directory.portal.access import member_required, organisation_or_404
from directory.portal.address import AddressForm
from directory.portal.contact import ContactForm
from directory.portal.editing import edit
from directory.portal.hours import HoursForm
from directory.portal.offers import OffersForm
from directory.portal.parts import PortalPart
from directory.portal.pictures import PicturesForm
from directory.profiles.facts import further
from directory.review import moderation

OWN_PARTS: list[tuple[PortalPart, type[DraftForm]]] = [
    (PortalPart("about", _("About us"), _("Names and short description"), "my_about"), AboutForm),
    (PortalPart("contact", _("Contact"), _("Telephone, email, website"), "my_contact"), ContactForm),
    (PortalPart("topics", _("Topics and languages"), _("What you work on, what you speak"), "my_topics"), TopicsForm),
    (PortalPart("address", _("Address"), _("Where you are found"), "my_address"), AddressForm),
    (PortalPart("hours", _("Opening hours"), _("When somebody is there"), "my_hours"), HoursForm),
    (PortalPart("offers", _("Regular offers"), _("What takes place every week"), "my_offers"), OffersForm),
    (
        PortalPart("pictures", _("Logo and pictures"), _("Also from the camera of your phone"), "my_pictures"),
        PicturesForm,
    ),
]
WITH_ROWS = (HoursForm, OffersForm, PicturesForm)


@member_required
def edit_part(request: HttpRequest, key: UUID, part: PortalPart, form_class: Any) -> HttpResponse:
    organisation = organisation_or_404(request.user, key)
    if form_class in WITH_ROWS:
        form_class = partial(form_class, add="add" in request.GET)
    state = moderation.state_of(organisation)
    return edit(
        request,
        asked=state if state.is_asked else None,
        form_class=form_class,
        template=f"directory/portal/{part.key}.html",
        title=part.title,
        organisation=organisation,
        done=reverse("my_organisation", kwargs={"key": key}),
        further=further(part.key),
    )


urlpatterns: list[URLPattern] = [
    path(f"<uuid:key>/{part.key}/", edit_part, {"part": part, "form_class": form_class}, name=part.url_name)
    for part, form_class in OWN_PARTS
]
