"""``sitemap.xml``: an index of one sitemap a language, with what is really written in it; and ``robots.txt``.

Django's own would read whole pages and draw each line with a template; these are lines of strings (sitemaps.org).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.localization import formats, languages, locales
from cms.routing import sites
from cms.routing.query_parameters import requested_page
from cms.routing.restrictions import unrestricted

PER_SITEMAP = 5000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Finder = Callable[[Page], Iterable[tuple[int, str, dt.datetime]]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Has ``finder`` asked for addresses below pages that are no pages themselves, such as sessions of the council.

    It gets the home page and answers with primary keys of pages, the rest of the address, and the last change.
    """
    _finders.append(finder)


class Entry(NamedTuple):
    """An address without its language, and in which languages it is written since when."""

    path: str
    changed: Mapping[str, dt.datetime | None]

    @property
    def alternates(self) -> list[str]:
        """Languages that search engines know, where there is a choice of them."""
        known = [code for code in self.changed if languages.get(code).in_hreflang and code in languages.BY_CODE]
        return known if len(known) > 1 else []


def entries(home: Page) -> list[Entry]:
    """All that visitors reach below ``home``; three queries for any number of pages, and those of the finders."""
    sources = Page.objects.live().filter(
        unrestricted(), path__startswith=home.path, locale_id=locales.id_of(languages.SOURCE)
    )
    written: dict[object, dict[str, dt.datetime | None]] = defaultdict(dict)
    translations = Page.objects.live().filter(alias_of=None).exclude(locale_id=locales.id_of(languages.SOURCE))
    for key, locale_id, published in translations.values_list("translation_key", "locale_id", "last_published_at"):
        written[key][locales.code_of(locale_id)] = published
    below: dict[int, list[tuple[str, dt.datetime]]] = defaultdict(list)
    for finder in _finders:
        for pk, rest, changed in finder(home):
            below[pk].append((rest, changed))
    columns = sources.order_by("path").values_list("pk", "path", "url_path", "translation_key", "last_published_at")
    found, reached = [], {home.path[: -Page.steplen]}
    for pk, place, url_path, key, published in columns:
        if place[: -Page.steplen] not in reached:
            continue  # nobody gets below what is not public
        reached.add(place)
        path, dates = url_path[len(home.url_path) :], {languages.SOURCE: published, **written.get(key, {})}
        found.append(Entry(path, dates))
        found += [Entry(path + rest, dict.fromkeys(dates, changed)) for rest, changed in below[pk]]
    return found


def _url(entry: Entry, language: str, origin: str) -> str:
    path = iri_to_uri(entry.path)
    alternates = entry.alternates if languages.get(language).in_hreflang else ()
    links = (f'<xhtml:link rel="alternate" hreflang="{code}" href="{origin}/{code}/{path}"/>' for code in alternates)
    return f"<url><loc>{origin}/{language}/{path}</loc>{_last_change(entry.changed[language])}{''.join(links)}</url>\n"


def _last_change(moment: dt.datetime | None) -> str:
    return f"<lastmod>{formats.local(moment).isoformat()}</lastmod>" if moment else ""


def _answer(text: str) -> HttpResponse:
    return HttpResponse(HEAD + text, content_type="application/xml")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``: the sitemaps of the languages in which anything is written."""
    site = sites.of_request(request)
    counts = Counter(code for entry in (entries(site.root_page) if site else ()) for code in entry.changed)
    addresses = [
        reverse("sitemap_in", args=[code]) + (f"?page={number + 1}" if number else "")
        for code, count in counts.items()
        for number in range(-(-count // PER_SITEMAP))
    ]
    rows = (f"<sitemap><loc>{request.build_absolute_uri(address)}</loc></sitemap>\n" for address in addresses)
    return _answer(f"<sitemapindex {NAMESPACE}>\n{''.join(rows)}</sitemapindex>")


@require_safe
def in_language(request: HttpRequest, language: str) -> HttpResponse:
    """``/sitemap-<language>.xml?page=…``"""
    if language not in languages.BY_CODE:
        raise Http404
    site, origin = sites.of_request(request), request.build_absolute_uri("/").removesuffix("/")
    written = [entry for entry in (entries(site.root_page) if site else ()) if language in entry.changed]
    rows = (_url(entry, language, origin) for entry in requested_page(Paginator(written, PER_SITEMAP), request))
    return _answer(f'<urlset {NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(rows)}</urlset>')


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
