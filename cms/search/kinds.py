"""Kinds of things that visitors can find; each floor registers its own, ``AppConfig.ready`` is the list."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from wagtail.models import Site

from cms.localization.localized_text import LocalizedText
from cms.search.passages import Indexed


@dataclass(frozen=True)
class Shown:
    """Something found, in the words of the active language where they exist."""

    title: LocalizedText
    path: str
    teasers: tuple[LocalizedText, ...] = ()
    """What may be shown below the title, best first; the one that says the word looked for is taken."""


@dataclass(frozen=True)
class Kind:
    """``indexed``: what is public on a site, all of it or only of these keys (of those that aren't public: nothing).
    ``shown``: by key, what readers of the active language see; asks the database anew whether it is public.
    ``place``: order among groups of equal worth. ``keys``: of all that is public on a site; without it, ``indexed``
    is asked."""

    name: str
    label: str | Promise
    place: int
    indexed: Callable[[Site, Collection[int] | None], Iterable[Indexed]]
    shown: Callable[[Site, Collection[int]], dict[int, Shown]]
    keys: Callable[[Site], Collection[int]] | None = None

    def public_keys(self, site: Site) -> set[int]:
        if self.keys is not None:
            return set(self.keys(site))
        return {each.object_id for each in self.indexed(site, None)}


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ImproperlyConfigured(f"{kind.name} is registered twice")
    _kinds[kind.name] = kind


def named(name: str) -> Kind:
    return _kinds[name]


def in_order() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.place)
