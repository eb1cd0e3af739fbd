"""The first screen of "My organisation": how it stands, what to do next, and everything that can be changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms import drafts, languages
from directory import completeness, moderation, permissions
from directory.organisation import OrganisationPage
from directory.portal import parts, screen
from directory.portal.access import member_required, organisation_or_404
from directory.portal.next_step import next_step
from directory.portal.own_parts import OWN_PARTS


@dataclass(frozen=True)
class Row:
    """A part on the first screen. ``missing`` names what visitors look for in it and do not find."""

    part: parts.Part
    address: str
    missing: list[str]
    is_there: bool
    """Whether there is anything in it, and nothing missing."""
    count: int | None = None


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
    """How the organisation stands, as its members read it."""
    organisation = organisation_or_404(request.user, key)
    return _show(request, organisation)


def _show(request: HttpRequest, organisation: OrganisationPage, *, status: int = 200, **more: Any) -> HttpResponse:
    draft, state = drafts.draft_of(organisation), moderation.state_of(organisation)
    things = completeness.things(draft)
    step = next_step(state, things, changed_since_comment=_is_changed_since(state, organisation))
    rows = _rows(organisation, draft, things)
    return screen.show(
        request,
        "directory/portal/dashboard.html",
        title=_("My organisation"),
        status=status,
        page=organisation,
        draft=draft,
        state=state,
        step=step,
        step_row=next((row for row in rows if row.part.key == step.part), None),
        rows=rows,
        there=sum(thing.is_there for thing in things),
        wanted=len(things),
        previews=languages.LANGUAGES,
        can_send=state.has_unpublished_changes and state.kind != "offline",
        **more,
    )


def _is_changed_since(state: moderation.State, organisation: OrganisationPage) -> bool:
    written = organisation.latest_revision_created_at
    return bool(state.since and written and written > state.since)


def _rows(organisation: OrganisationPage, draft: Any, things: list[completeness.Thing]) -> list[Row]:
    own = [part for part, _form in OWN_PARTS]
    rows = []
    for part in [*own, *parts.registered()]:
        looked_for = [thing for thing in things if thing.part == part.key]
        missing = [str(thing.label) for thing in looked_for if not thing.is_there]
        count = part.count(draft) if part.count else None
        is_there = not missing and bool(looked_for if count is None else count)
        rows.append(Row(part, part.address(organisation), missing, is_there, count))
    return rows


@member_required
def submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Sends the draft for review; who only comes by (after a log-in) is shown how things stand."""
    organisation = organisation_or_404(request.user, key)
    if request.method == "POST":
        drafts.begin(organisation)
        try:
            moderation.submit(page=organisation, user=request.user)
        except moderation.NotSubmittable as error:
            return _show(request, organisation, status=409, problem=str(error))
        messages.success(request, _("Sent. You will get an email when it has been reviewed."))
    return redirect("my_organisation", key=key)


@member_required
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Takes back what waits for review; it stays as a draft."""
    organisation = organisation_or_404(request.user, key)
    if request.method == "POST":
        moderation.withdraw(page=organisation, user=request.user)
        messages.success(request, _("Taken back. Your changes are still here."))
    return redirect("my_organisation", key=key)
