"""The address being read in the other languages: for the language switcher, ``hreflang`` and ``rel=canonical``."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Page

from cms.localization import languages, locales
from cms.routing.query_parameters import query_of


@dataclass(frozen=True)
class LanguageLink:
    """What is being read, in one language. ``translated`` is False where the source words would be shown."""

    language: languages.Language
    href: str
    current: bool
    translated: bool


def written_in(key: UUID) -> set[str]:
    """The languages in which the page of that translation key is public; one query."""
    pages = Page.objects.filter(translation_key=key, live=True, alias_of=None).order_by()
    return {locales.code_of(locale_id) for locale_id in pages.values_list("locale_id", flat=True)}


def paths_of(request: HttpRequest, language: str) -> dict[str, str]:
    """The same address in every language, with whatever the reader had filtered by."""
    prefix, query = f"/{language}/", query_of(request)
    rest = request.path.removeprefix(prefix) if request.path.startswith(prefix) else ""
    return {code: f"/{code}/{rest}{query}" for code in languages.BY_CODE}


def language_links(paths: Mapping[str, str], language: str, written: Collection[str]) -> tuple[LanguageLink, ...]:
    return tuple(
        LanguageLink(each, paths[each.code], current=each.code == language, translated=each.code in written)
        for each in languages.LANGUAGES
    )


def in_hreflang(links: Iterable[LanguageLink]) -> tuple[LanguageLink, ...]:
    """Languages in which the page really is written and that search engines know."""
    return tuple(link for link in links if link.translated and link.language.in_hreflang)
