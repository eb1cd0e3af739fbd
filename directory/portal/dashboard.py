"""The first screen of "My organisation": how it stands, what to do next, and everything that can be changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms.localization import languages
from cms.pages import drafts
from directory.members.models import looked_after_by
from directory.portal import parts, profile, screen, things
from directory.portal.access import member_required, organisation_or_404
from directory.portal.next_step import next_step
from directory.portal.own_parts import OWN_PARTS
from directory.profiles import completeness
from directory.profiles.organisation import OrganisationPage
from directory.review import moderation


@dataclass(frozen=True)
class PageRow:
    """A part on the first screen. ``missing`` names what visitors look for in it and do not find."""

    part: parts.PortalPart
    address: str
    missing: list[str]
    is_there: bool
    """Whether there is anything in it, and nothing missing."""
    count: int | None = None


@member_required
def choose(request: HttpRequest) -> HttpResponse:
    """``/<language>/my/``: straight on for those who have one organisation, a choice for those who have several."""
    mine = list(looked_after_by(request.user))
    if len(mine) == 1:
        return redirect("my_organisation", key=mine[0].translation_key)
    return screen.show(request, "directory/portal/choose.html", title=_("My organisation"), organisations=mine)


@member_required
def dashboard(request: HttpRequest, key: UUID) -> HttpResponse:
    """How the organisation stands, as its members read it."""
    organisation = organisation_or_404(request.user, key)
    draft, state = drafts.draft_of(organisation), moderation.state_of(organisation)
    looked_for = completeness.things(draft)
    mine = things.in_order([*profile.things_of(organisation, state), *things.of_kinds(organisation)])
    step = next_step(state, looked_for, mine)
    rows = _rows(organisation, draft, looked_for)
    return screen.show(
        request,
        "directory/portal/dashboard.html",
        title=_("My organisation"),
        page=organisation,
        draft=draft,
        state=state,
        step=step,
        step_row=next((row for row in rows if row.part.key == step.part), None),
        rows=rows,
        mine=mine,
        unsent=sum(thing.status == "unsent" for thing in mine),
        there=sum(thing.is_there for thing in looked_for),
        wanted=len(looked_for),
        previews=languages.LANGUAGES,
    )


def _rows(organisation: OrganisationPage, draft: Any, looked_for: list[completeness.Thing]) -> list[PageRow]:
    own = [part for part, _form in OWN_PARTS]
    rows = []
    for part in [*own, *parts.registered()]:
        belonging = [thing for thing in looked_for if thing.part == part.key]
        missing = [str(thing.label) for thing in belonging if not thing.is_there]
        count = part.count(draft) if part.count else None
        is_there = not missing and bool(belonging if count is None else count)
        rows.append(PageRow(part, part.address(organisation), missing, is_there, count))
    return rows


@member_required
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Takes back what waits for review; it stays as a draft."""
    organisation = organisation_or_404(request.user, key)
    if request.method == "POST":
        moderation.withdraw(page=organisation, user=request.user)
        messages.success(request, _("Taken back. Your changes are still here."))
    return redirect("my_organisation", key=key)
