"""The parts of "My organisation": each is one row on the first screen and leads to a screen of its own.

Apps above the directory register theirs in ``AppConfig.ready``; the rows stand in the order of registration, after
the directory's own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from directory.profiles.organisation import OrganisationPage

Text = str | Promise
Count = Callable[[OrganisationPage], int]


@dataclass(frozen=True)
class PortalPart:
    """``url_name`` takes the organisation's translation key as ``key``; ``count`` gets the draft of its page."""

    key: str
    title: Text
    hint: Text
    url_name: str
    count: Count | None = None

    def address(self, organisation: OrganisationPage) -> str:
        return reverse(self.url_name, kwargs={"key": organisation.translation_key})


_registered: dict[str, PortalPart] = {}


def register(part: PortalPart) -> None:
    _registered[part.key] = part


def registered() -> list[PortalPart]:
    return list(_registered.values())
