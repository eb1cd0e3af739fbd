"""Everything that is an organisation's, each with how it stands: the parts of its profile, and pages below it.

Apps above the directory register their kind of pages in ``AppConfig.ready``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.localization import languages
from cms.pages.base_page import BasePage
from directory.portal.parts import Text
from directory.portal.states import PageState
from directory.profiles.organisation import OrganisationPage

Status = Literal["asked", "refused", "offline", "begun", "unsent", "waiting", "public"]
ORDER: tuple[Status, ...] = ("asked", "refused", "offline", "begun", "unsent", "waiting", "public")
"""What is for the members to do comes first. What is ``begun`` cannot be sent before more is said."""
IN_WORDS: dict[str, Status] = {
    "changes_requested": "asked",
    "rejected": "refused",
    "offline": "offline",
    "draft": "unsent",
    "waiting": "waiting",
    "live": "public",
}


@dataclass(frozen=True)
class Thing:
    """``label`` is a part of the profile or, of a page with a name of its own, its German title (``is_titled``).

    ``note`` says more of it, such as its date; ``comment`` is the reviewer's; ``address`` is where it is changed.
    """

    page: BasePage
    kind: Text
    label: Text
    status: Status
    address: str
    note: str = ""
    comment: str = ""
    is_titled: bool = False

    @property
    def is_asked(self) -> bool:
        return self.status in ("asked", "refused")


@dataclass(frozen=True)
class Kind:
    """``things`` of an organisation, those that nobody need look at any more left out; ``address`` of one of them."""

    model: type[Page]
    things: Callable[[OrganisationPage], list[Thing]]
    address: Callable[[OrganisationPage, Page], str]


_kinds: dict[type[Page], Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.model] = kind


def of_kinds(organisation: OrganisationPage) -> list[Thing]:
    """What stands below the profile."""
    return [thing for kind in _kinds.values() for thing in kind.things(organisation)]


def status_of(state: PageState) -> Status:
    """In which the page stands as a whole: what its members do next with it."""
    return "unsent" if state.can_send else IN_WORDS[state.kind]


def in_order(things: list[Thing]) -> list[Thing]:
    """As registered within each status."""
    return sorted(things, key=lambda thing: ORDER.index(thing.status))


def address_of(organisation: OrganisationPage, page: Page) -> str:
    """Where members find ``page``, in the language that is active."""
    kind = _kinds.get(type(page))
    if kind is not None:
        return kind.address(organisation, page)
    return reverse("my_organisation", kwargs={"key": organisation.translation_key})


def path_of(organisation: OrganisationPage, page: Page) -> str:
    """``address_of`` without the language before it: a mail in two languages has two addresses."""
    with translation.override(languages.SOURCE):
        return address_of(organisation, page).removeprefix(f"/{languages.SOURCE}/")
