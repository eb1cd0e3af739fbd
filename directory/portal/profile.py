"""The profile among what is an organisation's: one row a part that differs from what visitors see, else one for all."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.portal.own_parts import OWN_PARTS
from directory.portal.parts import PortalPart, Text
from directory.portal.states import PageState
from directory.portal.things import Status, Thing, status_of
from directory.profiles.organisation import OrganisationPage
from directory.review import meaning, revisions

IN_OWN_LANGUAGE = frozenset({"native_name", "native_language", "own_short_description", "own_about"})
PART_OF: dict[str, PortalPart] = {
    name: part for part, form in OWN_PARTS for name in (*form.base_fields, *form.compared, *form.beside)
}
"""The part in whose form each field of the page is written."""


def address_of(organisation: OrganisationPage) -> str:
    """Where its parts are listed."""
    return f"{reverse('my_organisation', kwargs={'key': organisation.translation_key})}#parts"


def place_of(name: str, organisation: OrganisationPage) -> tuple[Text, str]:
    """What the part is called in which that field is written, and its address; of the whole for all other fields."""
    part = PART_OF.get(name)
    if part is None:
        return _("Profile"), address_of(organisation)
    if name in IN_OWN_LANGUAGE:
        return _("In your own language"), part.address(organisation)
    return part.title, part.address(organisation)


def things_of(organisation: OrganisationPage, state: PageState) -> list[Thing]:
    """How the profile stands; a fixed number of queries."""
    found: dict[tuple[Text, str], Status] = {}
    if organisation.live:
        for names, status in _differing(organisation, state):
            for name in names:
                found.setdefault(place_of(name, organisation), status)
    comment = state.comment
    things = []
    for (label, address), status in found.items():
        things.append(Thing(organisation, _("Profile"), label, status, address, comment=comment))
        comment = ""  # said once
    if things and (state.is_asked or any(thing.status == "unsent" for thing in things) or state.kind == "waiting"):
        return things
    whole = status_of(state)
    if whole == "unsent" and organisation.live:
        whole = "public"  # what was written says nothing new
    title, address = organisation.title, address_of(organisation)
    return [Thing(organisation, _("Profile"), title, whole, address, comment=comment, is_titled=True)]


def _differing(organisation: OrganisationPage, state: PageState) -> list[tuple[list[str], Status]]:
    """Names of fields that say something else than visitors see, by how they stand."""
    public, latest = revisions.content_of(organisation), _content(organisation.latest_revision)
    if latest is None:
        return []
    if state.kind != "waiting":
        return [(meaning.changed(OrganisationPage, public, latest), status_of(state))]
    sent = _content(organisation.revisions.filter(pk=state.revision_id).first()) or public
    return [
        (meaning.changed(OrganisationPage, sent, latest), "unsent"),
        (meaning.changed(OrganisationPage, public, sent), "waiting"),
    ]


def _content(revision: Any) -> revisions.Content | None:
    return revision.content if revision is not None else None
