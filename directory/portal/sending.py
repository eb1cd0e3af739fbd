"""Everything that has not been sent yet: shown as the reviewer will see it, then sent by one button.

What goes is what was shown: the form says which version of each page that was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pages import drafts
from directory.portal import profile, screen, things
from directory.portal.access import member_required, organisation_or_404
from directory.portal.parts import Text
from directory.portal.things import Thing
from directory.profiles.organisation import OrganisationPage
from directory.review import differences, moderation

SHOWN = "shown"
VERSION = re.compile(r"(\d{1,10})-(\d{1,10})")
MOST_IN_WORDS = 20
"""Of further pages the check shows what they are called."""


@dataclass(frozen=True)
class Problem:
    """Why something was not sent; ``title`` is the page's, ``address`` is where it is mended."""

    sentence: str
    title: str = ""
    address: str = ""


@dataclass
class SentPart:
    """What differs in what one form holds, and where that form is."""

    label: Text
    address: str
    fields: list[differences.Difference] = field(default_factory=list)
    rows: list[differences.Rows] = field(default_factory=list)


@dataclass(frozen=True)
class Parcel:
    """A page that will be sent. ``shown`` is what the form carries of it."""

    thing: Thing
    shown: str
    parts: list[SentPart]

    @property
    def is_new(self) -> bool:
        """Whether visitors have never seen any of it, or see none now."""
        return not self.thing.page.live


@member_required
def submit(request: HttpRequest, key: UUID) -> HttpResponse:
    """``/<language>/my/<key>/submit/``"""
    organisation = organisation_or_404(request.user, key)
    drafts.start_editing(organisation)
    problems: list[Problem] = []
    if request.method == "POST":
        shown = _shown(organisation, request.POST.getlist(SHOWN))
        for page, revision_id in shown:
            try:
                moderation.submit(page=page, user=request.user, revision_id=revision_id)
            except (moderation.NotSubmittable, moderation.ChangedMeanwhile) as error:
                address = things.address_of(organisation, page) if isinstance(error, moderation.Incomplete) else ""
                problems.append(Problem(str(error), page.get_admin_display_title(), address))
        if shown and not problems:
            messages.success(request, _("Sent. You will get an email when it has been reviewed."))
            return redirect("my_organisation", key=key)
    unsent = _unsent(organisation)
    if request.method == "POST" and not unsent and not problems:
        problems.append(Problem(_("There is nothing to send: visitors already see what you have written.")))
    return screen.show(
        request,
        "directory/portal/send.html",
        title=_("Is everything correct?"),
        organisation=organisation,
        status=409 if problems else 200,
        problems=problems,
        parcels=[_parcel(organisation, thing, number < MOST_IN_WORDS) for number, thing in enumerate(unsent)],
    )


def _unsent(organisation: OrganisationPage) -> list[Thing]:
    """One thing a page, the profile first."""
    state = moderation.state_of(organisation)
    own = [thing for thing in profile.things_of(organisation, state) if thing.status == "unsent"]
    return [*own[:1], *(thing for thing in things.of_kinds(organisation) if thing.status == "unsent")]


def _shown(organisation: OrganisationPage, sent: list[str]) -> list[tuple[Page, int]]:
    """The pages of ``organisation`` that the form names, with the versions that it has shown."""
    versions = {int(match[1]): int(match[2]) for each in sent if (match := VERSION.fullmatch(each))}
    own = Page.objects.descendant_of(organisation, inclusive=True).filter(pk__in=versions)
    return [(page, versions[page.pk]) for page in own.specific().order_by("path")]


def _parcel(organisation: OrganisationPage, thing: Thing, in_words: bool) -> Parcel:
    page = thing.page
    parts = list(_parts(organisation, thing)) if in_words else []
    return Parcel(thing, f"{page.pk}-{page.latest_revision_id}", parts)


def _parts(organisation: OrganisationPage, thing: Thing) -> Iterator[SentPart]:
    """The differences by the forms in which they are changed."""
    page = thing.page
    is_profile = page.pk == organisation.pk
    fields, rows = differences.between(page if page.live else None, drafts.draft_of(page))
    found: dict[str, SentPart] = {}

    def part_of(name: str) -> SentPart:
        label, address = profile.place_of(name, organisation) if is_profile else ("", thing.address)
        return found.setdefault(f"{label}{address}", SentPart(label, address))

    for difference in fields:
        if difference.name == "title" and not page.live:
            continue  # which stands above all
        part_of(difference.name).fields.append(difference)
    for group in rows:
        part_of(group.name).rows.append(group)
    yield from found.values()
