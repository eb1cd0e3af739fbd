"""The last step of an event, and the first screen of one that is there: all that it says, and what can be done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms.localization import languages, plain_text
from cms.pages import drafts
from dates import permissions, recurrence
from dates.council.sessions import start_of_today
from dates.events.event_page import EventPage
from dates.events.event_warnings import warnings_about
from dates.portal.access import address_of, of_own_event
from dates.portal.form import html_of
from dates.portal.listing import row_of
from dates.portal.steps import CHECK, COUNT, STEPS, TO
from directory.portal import screen
from directory.portal.parts import Text
from directory.profiles.organisation import OrganisationPage
from directory.review import faults

NEXT_DATES = 3


@dataclass(frozen=True)
class Fault:
    """What must be mended before the event can be sent, and the step in which that is done."""

    step: Text
    sentence: str
    href: str


@of_own_event
def check(request: HttpRequest, organisation: OrganisationPage, event: EventPage) -> HttpResponse:
    return show(request, organisation, event)


def show(
    request: HttpRequest, organisation: OrganisationPage, event: EventPage, *, status: int = 200, **more: Any
) -> HttpResponse:
    event = EventPage.objects.get(pk=event.pk)
    draft, row = drafts.draft_of(event), row_of(event)
    found = faults_of(draft, organisation)
    return screen.show(
        request,
        "dates/portal/check.html",
        title=_("Is everything right?") if row.can_send else draft.title,
        organisation=organisation,
        status=status,
        event=event,
        draft=draft,
        row=row,
        faults=found,
        missing=missing_in(draft),
        doubts=[] if found or event.is_past else warnings_about(draft),
        description=plain_text.plain(html_of(draft)),
        dates=recurrence.coming(draft, start_of_today(), NEXT_DATES) if draft.start and draft.has_more_dates else [],
        hrefs={step.key: f"{address_of(event, organisation, step.url_name)}?{TO}={CHECK}" for step in STEPS},
        number=COUNT,
        count=COUNT,
        can_delete=permissions.may_delete_draft(request.user, event),
        previews=languages.LANGUAGES if draft.start else [],
        **more,
    )


def faults_of(draft: EventPage, organisation: OrganisationPage) -> list[Fault]:
    """Why ``draft`` could not be sent."""
    return [_in_its_step(draft, organisation, fault) for fault in faults.faults_of(draft)]


def _in_its_step(draft: EventPage, organisation: OrganisationPage, fault: faults.Fault) -> Fault:
    step = next((step for step in STEPS if fault.name in step.form_class.base_fields), STEPS[0])
    return Fault(step.title, str(fault), f"{address_of(draft, organisation, step.url_name)}?{TO}={CHECK}")


def missing_in(draft: EventPage) -> list[str]:
    """What visitors look for and nobody has written, though it can be sent without."""
    wanted = [
        (_("Where"), draft.place or draft.place_name),
        (_("Description"), draft.lead or draft.body),
        (_("Languages that are spoken"), draft.language_codes),
        (_("Picture"), draft.picture),
    ]
    return [label for label, value in wanted if not value]
