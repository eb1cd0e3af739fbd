"""Who comes to the screens of an event: every view that is about one begins here."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from dates.events.event_page import EventPage
from directory.portal.access import View, member_required, organisation_or_404
from directory.profiles.organisation import OrganisationPage


def event_or_404(user: Any, organisation: OrganisationPage, key: UUID) -> EventPage:
    """The event with that translation key, if it is the organisation's and ``user`` may change it."""
    found = EventPage.objects.sources().child_of(organisation).filter(translation_key=key).first()
    if found is None or not found.permissions_for_user(user).can_edit():
        raise Http404
    return found


def of_own_event(view: View) -> View:
    """Gives ``view`` the organisation and its event instead of their keys."""

    @member_required
    @wraps(view)
    def found(request: HttpRequest, key: UUID, event_key: UUID, **more: Any) -> HttpResponseBase:
        organisation = organisation_or_404(request.user, key)
        return view(request, organisation, event_or_404(request.user, organisation, event_key), **more)

    return found


def address_of(event: EventPage, organisation: OrganisationPage, name: str = "my_event", **more: Any) -> str:
    keys = {"key": organisation.translation_key, "event_key": event.translation_key}
    return reverse(name, kwargs={**keys, **more})


def to_list(organisation: OrganisationPage) -> HttpResponse:
    return redirect("my_events", key=organisation.translation_key)


def to_event(event: EventPage, organisation: OrganisationPage) -> HttpResponse:
    return redirect(address_of(event, organisation))
