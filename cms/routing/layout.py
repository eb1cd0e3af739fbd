"""What surrounds every page, as finished values for the base template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from cms.pages.contacts import ContactPoint
from cms.routing import address, alternates, breadcrumbs, footer, navigation, sites
from cms.routing.alternates import LanguageLink
from cms.routing.navigation import Link


@dataclass(frozen=True)
class Above:
    """What another app shows above the text of a page; ``template`` shows ``items``."""

    template: str
    items: Sequence[Any]


_above: list[Callable[[Any], Above | None]] = []


def register(finder: Callable[[Any], Above | None]) -> None:
    """Has ``finder`` asked for every page that is shown; called by an app when it is ready."""
    if finder not in _above:
        _above.append(finder)


@dataclass(frozen=True)
class Layout:
    """``{{ layout }}`` of the base template."""

    home_path: str
    site_name: str
    claim: LocalizedText
    accent_colour: str
    navigation: tuple[Link, ...]
    breadcrumbs: tuple[Link, ...]
    language_links: tuple[LanguageLink, ...]
    alternates: tuple[LanguageLink, ...]
    canonical: str
    footer: tuple[Link, ...]
    offices: tuple[ContactPoint, ...]
    press_responsible: str
    page: Any = None
    """The page shown, in the language in which it is shown; None for lists, forms and errors."""
    is_fallback: bool = False
    """Whether that page is not written in the reader's language."""

    @property
    def is_translation(self) -> bool:
        return self.page is not None and self.page.language.code != languages.SOURCE

    @property
    def above(self) -> list[Above]:
        """What other apps have about the source of this page."""
        found = (finder(self.page.facts) for finder in _above) if self.page is not None else ()
        return [above for above in found if above is not None]


def of(request: HttpRequest, *, page: Any = None, paths: Mapping[str, str] | None = None) -> Layout:
    """The layout around ``page``, in the active language.

    ``paths``: where the other languages are, if not at the same address.
    """
    language, site, here = languages.active().code, sites.of_request(request), address.of_request(request)
    settings, menu = sites.settings_of(site), navigation.menu_of(site, language)
    written = alternates.written_in(page.translation_key) if page else set(languages.BY_CODE)
    links = alternates.language_links(paths or alternates.paths_of(request, language), language, written)
    shown_in = page.language.code if page else language
    return Layout(
        home_path=f"/{language}/",
        site_name=settings.name,
        claim=settings.claim_words,
        accent_colour=settings.accent_colour,
        navigation=navigation.links(menu, here, language),
        breadcrumbs=breadcrumbs.links(menu, here, language, page_key=page.translation_key if page else None),
        language_links=links,
        alternates=alternates.in_hreflang(links) if page else (),
        canonical=next(link.href for link in links if link.language.code == shown_in),
        footer=footer.links(settings, menu, here, language),
        offices=tuple(settings.chosen_offices()),
        press_responsible=settings.press_responsible,
        page=page,
        is_fallback=shown_in != language,
    )


def around(request: HttpRequest, page: Any = None) -> Any:
    """The same, asked for when a template first uses it: not every answer is a page."""
    return SimpleLazyObject(partial(of, request, page=page))


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``layout`` and the reader's ``language``; pages bring a layout of their own."""
    return {"layout": around(request), "language": languages.active()}
