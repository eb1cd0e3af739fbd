"""What surrounds every page: site, navigation, breadcrumbs, language switcher, footer; three queries for all of it.

The frame belongs to the request, so that routing, templates and error pages share what was read.
"""

from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Any

from django.db.models import Exists, Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from wagtail.models import Page, PageViewRestriction, Site

from cms import languages, locales, provenance, sites
from cms.contacts import ContactPoint
from cms.pages import BasePage, path_of, without_aliases
from cms.query_parameters import query_of
from cms.site_settings import SiteSettings
from cms.wording import Wording, title_is_name
from cms.words import Words, choose


@dataclass(frozen=True)
class Link:
    """An entry of navigation, breadcrumbs or footer."""

    text: Words
    href: str
    current: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """The page being read, in one language. ``translated`` is False where the source words would be shown."""

    language: languages.Language
    href: str
    current: bool
    translated: bool


class Frame:
    """The frame of one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = languages.active()
        self.page: BasePage | None = None
        # What follows the language in the address; the same for previews, which are not routed.
        # PostgreSQL knows no text with a null character.
        self._components = [component for component in request.path.replace("\0", "").split("/")[2:] if component]
        self._titled: list[BasePage] = []

    @classmethod
    def of(cls, request: HttpRequest) -> "Frame":
        """The frame of ``request``, made when first asked for."""
        frame: Frame | None = getattr(request, "frame", None)
        if frame is None:
            frame = request.frame = cls(request)  # type: ignore[attr-defined]
        return frame

    @cached_property
    def site(self) -> Site | None:
        """The Site that answers this request."""
        return sites.of_request(self.request)

    @property
    def root(self) -> Page:
        """The home page of the site in the source language."""
        if self.site is None:
            raise LookupError("No site answers under this host name.")
        return self.site.root_page

    @cached_property
    def settings(self) -> SiteSettings:
        if self.site is None:
            return SiteSettings()
        return getattr(self.site, "sitesettings", None) or SiteSettings(site=self.site)

    def find(self, components: list[str]) -> Page | None:
        """The live source page with the longest address that ``components`` begin with."""
        self._components = components
        return self._path_rows[-1] if self._path_rows else None

    @cached_property
    def _rows(self) -> list[Page]:
        """Pages on the way to this one, right below the home page, or linked from the footer."""
        if self.site is None:
            return []
        root = self.root
        return list(
            Page.objects.filter(live=True)
            .filter(
                Q(path__startswith=root.path)
                & (
                    Q(pk=root.pk)
                    | Q(slug__in=self._components, depth__lte=root.depth + len(self._components))
                    | Q(depth=root.depth + 1)
                )
                | Q(pk__in=self.settings.footer_page_ids)
            )
            .select_related("content_type")
            .annotate(restrictions_exist=Exists(PageViewRestriction.objects.all()))
            .order_by("path")
        )

    @property
    def _own_rows(self) -> list[Page]:
        """Those of this Site: the footer may lead to another."""
        return [row for row in self._rows if row.path.startswith(self.root.path)]

    @cached_property
    def _path_rows(self) -> list[Page]:
        """The page found and its ancestors from the home page down; nothing is found below what is not public."""
        if self.site is None:
            return []
        by_address = {row.url_path: row for row in self._own_rows}
        addresses = accumulate(self._components, "{}{}/".format, initial=self.root.url_path)
        return list(takewhile(bool, map(by_address.get, addresses)))

    @cached_property
    def _translations(self) -> dict[tuple[Any, int], Page]:
        """Live translations: of the page itself into every language, of the others into the reader's."""
        keys = {row.translation_key for row in [*self._rows, *self._titled]}
        own_key = self.page.translation_key if self.page else None
        here = Q(translation_key__in=keys, locale_id=locales.id_of(self.language.code))
        rows = without_aliases(Page.objects.filter(here | Q(translation_key=own_key), live=True)).order_by()
        return {(row.translation_key, row.locale_id): row for row in provenance.annotated(rows, self.language.code)}

    def give_titles(self, pages: list[Any]) -> None:
        """Attaches to source pages their translated titles (nothing else) without a query beyond the frame's own.

        For short lists that show titles only; to be called before anything of the frame is asked for.
        """
        self._titled = pages
        for page in pages:
            page.written = self._translations.get((page.translation_key, locales.id_of(self.language.code)))

    def _title(self, row: Page) -> Words:
        translated = self._translations.get((row.translation_key, locales.id_of(self.language.code)))
        return Wording(row if translated is None or title_is_name(row) else translated).title

    def _link(self, row: Page, text: Words | None = None) -> Link:
        return Link(text or self._title(row), path_of(row, self.language.code), current=row in self._path_rows)

    @cached_property
    def home(self) -> str:
        return f"/{self.language.code}/"

    @cached_property
    def navigation(self) -> list[Link]:
        if self.site is None:
            return []
        depth = self.root.depth + 1
        return [self._link(row) for row in self._own_rows if row.show_in_menus and row.depth == depth]

    def section(self, model: type[Page]) -> Link | None:
        """The first page of that type right below the home page: the news index, the directory."""
        name, depth = model._meta.model_name, self.root.depth + 1
        rows = [row for row in self._own_rows if row.depth == depth and row.content_type.model == name]
        return self._link(rows[0]) if rows else None

    @property
    def restrictions_exist(self) -> bool:
        """False when no page of the installation is behind a password or log-in, which is nearly always."""
        return any(row.restrictions_exist for row in self._rows)

    @cached_property
    def _restricted_paths(self) -> tuple[str, ...]:
        if not self.restrictions_exist:
            return ()
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def may_name(self, page: Page) -> bool:
        """Whether a public page may speak of ``page``: it is live, and no password or log-in stands before it."""
        return page.live and not page.path.startswith(self._restricted_paths)

    @cached_property
    def breadcrumbs(self) -> list[Link]:
        """The way from the home page to the page, without the page itself."""
        return [self._link(row) for row in self._path_rows if self.page is None or not self._is_own(row)]

    def _is_own(self, row: Page) -> bool:
        return self.page is not None and row.translation_key == self.page.translation_key

    @cached_property
    def footer(self) -> list[Link]:
        rows = {row.pk: row for row in self._rows}
        links = []
        for entry in self.settings.footer_entries:
            if entry.page_id in rows:
                links.append(self._link(rows[entry.page_id], choose(entry.label) or None))
            elif entry.url:
                links.append(Link(choose(entry.label) or Words(entry.url, languages.SOURCE), entry.url))
        return links

    @cached_property
    def offices(self) -> list[ContactPoint]:
        return self.settings.chosen_offices()

    @cached_property
    def language_links(self) -> list[LanguageLink]:
        """The same address in every language, with whatever the reader had filtered by."""
        prefix, query = f"/{self.language.code}/", query_of(self.request)
        rest = self.request.path.removeprefix(prefix) if self.request.path.startswith(prefix) else ""
        return [
            LanguageLink(
                language,
                f"/{language.code}/{rest}{query}",
                current=language == self.language,
                translated=self._has_words_in(language),
            )
            for language in languages.LANGUAGES
        ]

    def _has_words_in(self, language: languages.Language) -> bool:
        if self.page is None:
            return True
        return (self.page.translation_key, locales.id_of(language.code)) in self._translations

    @cached_property
    def alternates(self) -> list[LanguageLink]:
        """For ``hreflang``: languages in which the page really is written and that search engines know."""
        if self.page is None:
            return []
        return [link for link in self.language_links if link.translated and link.language.in_hreflang]

    @cached_property
    def canonical(self) -> str:
        """Path of the page in the language in which its words really are."""
        written_in = self.page.language.code if self.page else self.language.code
        return next(link.href for link in self.language_links if link.language.code == written_in)

    @property
    def html_attrs(self) -> SafeString:
        return languages.attributes(self.language.code, within="")

    @property
    def is_fallback(self) -> bool:
        """True when the page shown is not written in the reader's language."""
        return self.page is not None and self.page.language != self.language


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``frame`` and the reader's ``language``."""
    return {"frame": Frame.of(request), "language": languages.active()}
