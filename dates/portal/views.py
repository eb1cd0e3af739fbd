"""Events in "My organisation": the list, and what can be done with one."""

import datetime as dt
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import drafts
from cms.accounts import kept
from dates import adding, periods, recurrence
from dates.cancelling import NoSuchDate, cancel
from dates.event import EventPage
from dates.event_doubts import doubts_about
from dates.portal.form import EventForm
from dates.portal.listing import own_events
from dates.sessions import start_of_today
from directory import moderation
from directory.organisation import OrganisationPage
from directory.portal import screen
from directory.portal.access import View, member_required, organisation_or_404
from directory.portal.editing import edit

NEW_EVENT = "new_event"
ALL_DATES = "all"
DATES_TO_CHOOSE_FROM = 8


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
    def found(request: HttpRequest, key: UUID, event_key: UUID) -> HttpResponseBase:
        organisation = organisation_or_404(request.user, key)
        return view(request, organisation, event_or_404(request.user, organisation, event_key))

    return found


def back_to_list(organisation: OrganisationPage) -> HttpResponse:
    return redirect("my_events", key=organisation.translation_key)


@member_required
def events(request: HttpRequest, key: UUID) -> HttpResponse:
    organisation = organisation_or_404(request.user, key)
    return show_list(request, organisation)


def show_list(request: HttpRequest, organisation: OrganisationPage, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = own_events(organisation)
    return screen.show(
        request,
        "dates/portal/events.html",
        title=_("Events"),
        organisation=organisation,
        status=status,
        upcoming=[row for row in rows if not row.is_over],
        past=[row for row in reversed(rows) if row.is_over],
        **more,
    )


@member_required
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """A form that is sent twice makes one event: it carries the key that the event will have."""
    organisation = organisation_or_404(request.user, key)
    if not organisation.permissions_for_user(request.user).can_add_subpage():
        raise Http404
    typed = request.POST if request.method == "POST" else kept.take(request)
    new_key = _key_in(typed) if typed else uuid4()
    if adding.with_key(organisation, new_key) is not None:
        return back_to_list(organisation)
    event = adding.blank(organisation, new_key)
    form = EventForm(typed, page=event)
    if request.method == "POST" and form.is_valid():
        for name in form.names:
            form.write(event, name)
        adding.add(event=event, organisation=organisation, user=request.user, key=new_key)
        messages.success(request, _("Saved."))
        return back_to_list(organisation)
    return screen.show(
        request,
        "dates/portal/event.html",
        title=_("Add an event"),
        organisation=organisation,
        status=422 if request.method == "POST" else 200,
        form=form,
        new_key=new_key,
    )


def _key_in(typed: Any) -> UUID:
    try:
        return UUID(typed.get(NEW_EVENT, ""))
    except ValueError:
        return uuid4()


@of_own_event
def change(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    return edit(
        request,
        form_class=EventForm,
        template="dates/portal/event.html",
        title=_("Change an event"),
        organisation=organisation,
        done=reverse("my_events", kwargs={"key": organisation.translation_key}),
        page=event,
        state=moderation.state_of(event),
        doubts=doubts_about(drafts.draft_of(event)),
        event=event,
    )


@of_own_event
def copy(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    """Leads to the copy, since its date has to be looked at."""
    if request.method != "POST":
        return back_to_list(organisation)
    made = adding.copy(event=event, organisation=organisation, user=request.user)
    messages.success(request, _("This is the copy. Check the date, then save it."))
    return redirect("my_event", key=organisation.translation_key, event_key=made.translation_key)


@of_own_event
def cancelling(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    """Asks first; of an event that repeats, which date."""
    draft = drafts.draft_of(event)
    dates = recurrence.coming(draft, start_of_today(), DATES_TO_CHOOSE_FROM) if draft.recurrence else []
    choices = [(periods.day_of(date.original_start).isoformat(), date) for date in dates if not date.is_cancelled]
    problem, status = "", 200
    if request.method == "POST":
        try:
            seen = cancel(event=event, user=request.user, day=_day_in(request.POST))
        except (NoSuchDate, moderation.NotSubmittable) as error:
            problem, status = str(error), 422
        else:
            sentences = {True: _("Cancelled. Visitors see it now."), False: _("Cancelled. It is being reviewed.")}
            messages.success(request, sentences[seen] if event.live else _("Cancelled."))
            return back_to_list(organisation)
    return screen.show(
        request,
        "dates/portal/cancel.html",
        title=_("Cancel an event"),
        organisation=organisation,
        status=status,
        event=draft,
        choices=choices,
        problem=problem,
    )


def _day_in(typed: Any) -> dt.date | None:
    """The date that was chosen; None for all of them. Raises NoSuchDate."""
    day = typed.get("day", "")
    if day in ("", ALL_DATES):
        return None
    try:
        return dt.date.fromisoformat(day)
    except ValueError as error:
        raise NoSuchDate(_("Please choose a date from the list.")) from error


@of_own_event
def submit(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    if request.method == "POST":
        try:
            moderation.submit(page=event, user=request.user)
        except moderation.NotSubmittable as error:
            return show_list(request, organisation, status=409, problem=str(error))
        messages.success(request, _("Sent. You will get an email when it has been reviewed."))
    return back_to_list(organisation)


@of_own_event
def withdraw(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    if request.method == "POST":
        moderation.withdraw(page=event, user=request.user)
        messages.success(request, _("Taken back. Your changes are still here."))
    return back_to_list(organisation)
