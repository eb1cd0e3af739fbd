"""The main navigation, and the sections of the site: its pages right below the home page."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.database.request_memory import remembered
from cms.localization import languages
from cms.localization.localized_text import LocalizedText
from cms.routing import sites
from cms.routing.address import Address, PageRow, path_of, rows
from cms.routing.titles import Titles, title_of, translated


@dataclass(frozen=True)
class Link:
    """An entry of navigation, breadcrumbs or footer."""

    text: LocalizedText
    href: str
    current: bool = False


@dataclass(frozen=True)
class Menu:
    """What the menus of a Site name, in one language: its sections, and the pages that the footer leads to."""

    sections: tuple[PageRow, ...] = ()
    footer_pages: tuple[PageRow, ...] = ()
    titles: Titles = field(default_factory=dict)

    @property
    def rows(self) -> tuple[PageRow, ...]:
        return (*self.sections, *self.footer_pages)


def menu_of(site: Site | None, language: str) -> Menu:
    """Two queries, one in German; asked once a request."""
    if site is None:
        return Menu()
    return remembered(("menu", site.pk, language), lambda: _read(site, language))


def _read(site: Site, language: str) -> Menu:
    root, footer = site.root_page, sites.settings_of(site).footer_page_ids
    below_home = Q(path__startswith=root.path, depth=root.depth + 1)
    found = list(rows(Page.objects.filter(below_home | Q(pk__in=footer), live=True).order_by("path")))
    return Menu(
        tuple(row for row in found if row.path.startswith(root.path) and row.depth == root.depth + 1),
        tuple(row for row in found if row.pk in footer),
        translated((row.translation_key for row in found), language),
    )


def link_to(row: PageRow, titles: Titles, language: str, *, address: Address | None = None) -> Link:
    """``current`` when ``row`` stands on the way to ``address``."""
    is_current = address is not None and row in address.trail
    return Link(title_of(row, titles), path_of(row, language), is_current)


def links(menu: Menu, address: Address, language: str) -> tuple[Link, ...]:
    """The main navigation."""
    shown = (row for row in menu.sections if row.show_in_menus)
    return tuple(link_to(row, menu.titles, language, address=address) for row in shown)


def section(request: HttpRequest, model: type[Page]) -> Link | None:
    """The first page of that type right below the home page: the news index, the directory."""
    language = languages.active().code
    menu = menu_of(sites.of_request(request), language)
    row = next((row for row in menu.sections if row.model is model), None)
    return link_to(row, menu.titles, language) if row else None
