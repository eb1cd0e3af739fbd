"""Events in "My organisation": the list, and what is done with one as a whole."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms.bin.pages import Refused
from cms.pages import drafts
from dates import permissions
from dates.events import adding, deleting
from dates.events.cancelling import cancel, reinstate
from dates.events.event_page import EventPage
from dates.portal import check
from dates.portal.access import address_of, event_or_404, of_own_event, to_event, to_list
from dates.portal.listing import own_events
from dates.portal.single_dates import REFUSED, cancelled, reinstated
from directory.portal import screen
from directory.portal.access import member_required, organisation_or_404
from directory.profiles.organisation import OrganisationPage
from directory.review import moderation


@member_required
def events(request: HttpRequest, key: UUID) -> HttpResponse:
    organisation = organisation_or_404(request.user, key)
    rows = own_events(organisation)
    return screen.show(
        request,
        "dates/portal/events.html",
        title=_("Events"),
        organisation=organisation,
        upcoming=[row for row in rows if not row.is_over],
        past=[row for row in reversed(rows) if row.is_over],
    )


@of_own_event
def copy(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    """Leads to the copy, since its date has to be looked at."""
    if request.method != "POST":
        return to_event(event, organisation)
    made = adding.copy(event=event, organisation=organisation, user=request.user)
    messages.success(request, _("This is the copy. Check the date, then save it."))
    return redirect(address_of(made, organisation, "my_event_when"))


@of_own_event
def cancelling(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    """Asks first; of an event that repeats, offers to cancel one date only."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            seen = cancel(event=event, user=request.user)
        except REFUSED as error:
            problem, status = str(error), 409
        else:
            messages.success(request, cancelled(is_seen=seen, is_live=event.live))
            return to_event(event, organisation)
    return screen.show(
        request,
        "dates/portal/cancel.html",
        title=_("Cancel an event"),
        organisation=organisation,
        status=status,
        event=drafts.draft_of(event),
        problem=problem,
        back=address_of(event, organisation),
        dates=address_of(event, organisation, "my_event_dates"),
    )


@of_own_event
def reinstating(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    if request.method == "POST":
        try:
            seen = reinstate(event=event, user=request.user)
        except REFUSED as error:
            return check.show(request, organisation, event, status=409, problem=str(error))
        messages.success(request, reinstated(is_seen=seen, is_live=event.live))
    return to_event(event, organisation)


@member_required
def delete(request: HttpRequest, key: UUID, event_key: UUID) -> HttpResponse:
    """Asks first. A button that is pressed twice leads where the first time did."""
    organisation = organisation_or_404(request.user, key)
    if request.method == "POST" and deleting.was_deleted(key=event_key, user=request.user):
        return to_list(organisation)
    event = event_or_404(request.user, organisation, event_key)
    if not permissions.may_delete_draft(request.user, event):
        return check.show(
            request, organisation, event, status=409, problem=_("This event was public. Cancel it instead.")
        )
    if request.method == "POST":
        try:
            deleting.delete_draft(event=event, user=request.user)
        except Refused:  # somebody else was faster
            raise Http404 from None
        messages.success(request, _("Deleted."))
        return to_list(organisation)
    return screen.show(
        request,
        "dates/portal/delete.html",
        title=_("Delete a draft"),
        organisation=organisation,
        event=drafts.draft_of(event),
        back=address_of(event, organisation),
    )


@of_own_event
def submit(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    if request.method == "POST":
        try:
            moderation.submit(page=event, user=request.user)
        except moderation.Incomplete:
            return check.show(request, organisation, event, status=409)  # which says what is missing, and where
        except moderation.NotSubmittable as error:
            return check.show(request, organisation, event, status=409, problem=str(error))
        messages.success(request, _("Sent. You will get an email when it has been reviewed."))
    return to_event(event, organisation)


@of_own_event
def withdraw(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    if request.method == "POST":
        moderation.withdraw(page=event, user=request.user)
        messages.success(request, _("Taken back. Your changes are still here."))
    return to_event(event, organisation)
