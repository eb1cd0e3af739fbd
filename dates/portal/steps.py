"""An event is written in short steps, each saved to the draft: what, when, where, for whom; then ``check``.

A step that was opened from the check leads back there. A draft need not have a date before its second step.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.forms import kept
from cms.pages import drafts
from dates.events import adding
from dates.events.event_page import EventPage
from dates.portal.access import address_of, of_own_event
from dates.portal.form import ForWhomForm, StepForm, WhatForm, WhenForm, WhereForm
from directory.portal import screen
from directory.portal.access import member_required, organisation_or_404
from directory.portal.editing import edit
from directory.portal.parts import Text
from directory.profiles.organisation import OrganisationPage

NEW_EVENT, GO, TO = "new_event", "go", "to"
BACK, CHECK = "back", "check"


@dataclass(frozen=True)
class FormStep:
    key: str
    title: Text
    question: Text
    form_class: type[StepForm]

    @property
    def url_name(self) -> str:
        return f"my_event_{self.key}"

    @property
    def template(self) -> str:
        return f"dates/portal/steps/{self.key}.html"


STEPS = [
    FormStep("what", pgettext_lazy("step", "What"), gettext_lazy("What are you planning?"), WhatForm),
    FormStep("when", gettext_lazy("When"), gettext_lazy("When does it take place?"), WhenForm),
    FormStep("where", gettext_lazy("Where"), gettext_lazy("Where does it take place?"), WhereForm),
    FormStep("for_whom", gettext_lazy("For whom"), gettext_lazy("For whom is it?"), ForWhomForm),
]
COUNT = len(STEPS) + 1
"""With the check, which is the last."""


@of_own_event
def step(request: HttpRequest, organisation: OrganisationPage, event: EventPage, step: FormStep) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    goes_back, to_check = typed.get(GO) == BACK, typed.get(TO) == CHECK
    form_class = partial(step.form_class, lenient=True) if goes_back else step.form_class
    return edit(
        request,
        form_class=form_class,
        template=step.template,
        title=step.question,
        organisation=organisation,
        done=_next(step, organisation, event, goes_back=goes_back, to_check=to_check),
        page=event,
        **_shown(step, to_check=to_check),
        back=address_of(event, organisation),
    )


def _shown(step: FormStep, *, to_check: bool = False) -> dict[str, Any]:
    number = STEPS.index(step) + 1
    return {"step": step, "number": number, "count": COUNT, "to_check": to_check, "has_back": number > 1}


def _next(step: FormStep, organisation: OrganisationPage, event: EventPage, *, goes_back: bool, to_check: bool) -> str:
    number = STEPS.index(step) + (-1 if goes_back else 1)
    if to_check or not 0 <= number < len(STEPS):
        return address_of(event, organisation)
    return address_of(event, organisation, STEPS[number].url_name)


@member_required
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """The first step of a new event. A form that is sent twice makes one: it carries the key that it will have.

    Who comes back to it and sends it with other words changes the event that it has made.
    """
    organisation = organisation_or_404(request.user, key)
    if not organisation.permissions_for_user(request.user).can_add_subpage():
        raise Http404
    typed = request.POST if request.method == "POST" else kept.take(request)
    new_key = _key_in(typed) if typed else uuid4()
    made = _made(organisation, new_key)
    if made is not None and request.method == "POST":
        return _once_more(request, organisation, made)
    first = STEPS[0]
    event = adding.blank(organisation, new_key)
    form = first.form_class(typed, page=event)
    if request.method == "POST" and form.is_valid():
        for name in form.names:
            form.write(event, name)
        added = adding.add(event=event, organisation=organisation, user=request.user)
        messages.success(request, _("Saved."))
        return redirect(_next(first, organisation, added, goes_back=False, to_check=False))
    return screen.show(
        request,
        first.template,
        title=first.question,
        organisation=organisation,
        status=422 if request.method == "POST" else 200,
        form=form,
        new_key=new_key,
        back=reverse("my_events", kwargs={"key": organisation.translation_key}),
        **_shown(first),
    )


def _made(organisation: OrganisationPage, key: UUID) -> EventPage | None:
    found: EventPage | None = EventPage.objects.sources().child_of(organisation).filter(translation_key=key).first()
    return found


def _once_more(request: HttpRequest, organisation: OrganisationPage, made: EventPage) -> HttpResponse:
    """As a change of what the form made the first time."""
    first = made.revisions.order_by("pk").values_list("pk", flat=True).first()
    typed = request.POST.copy()
    typed[drafts.BASE] = str(first or "")
    return edit(
        request,
        typed=typed,
        form_class=STEPS[0].form_class,
        template=STEPS[0].template,
        title=STEPS[0].question,
        organisation=organisation,
        done=_next(STEPS[0], organisation, made, goes_back=False, to_check=False),
        page=made,
        **_shown(STEPS[0]),
        new_key=made.translation_key,
        back=address_of(made, organisation),
    )


def _key_in(typed: Any) -> UUID:
    try:
        return UUID(typed.get(NEW_EVENT, ""))
    except ValueError:
        return uuid4()
