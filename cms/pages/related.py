"""What other apps show on a page that does not know them.

The directory knows neither news nor dates, yet an organisation's page lists both. Each app registers here, in its
``AppConfig.ready``, a function that answers "what do you have about this page?".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cms.pages.base_page import BasePage


@dataclass(frozen=True)
class Section:
    """A titled list beside a page; ``template`` shows ``items``."""

    title: str
    template: str
    items: list[Any] = field(default_factory=list)


Finder = Callable[[BasePage], Section | None]

_finders: dict[type[BasePage], list[Finder]] = {}


def register(model: type[BasePage], finder: Finder) -> None:
    """Has ``finder`` asked for pages of ``model``."""
    _finders.setdefault(model, []).append(finder)


def sections_about(page: BasePage) -> list[Section]:
    """The sections of other apps about the source page ``page`` that have something to show."""
    found = (finder(page) for finder in _finders.get(type(page), []))
    return [section for section in found if section is not None and section.items]
