"""``sitemap.xml`` with every language in which a page is really written, and ``robots.txt``."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms import formats, languages, locales
from cms.pages import has_public_parent, without_aliases

Finder = Callable[[Page], Iterable[tuple[int, str, dt.datetime]]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Has ``finder`` asked for addresses below pages that are no pages themselves, such as sessions of the council.

    It gets the home page and answers with primary keys of pages, the rest of the address, and the last change.
    """
    _finders.append(finder)


def entries(request: HttpRequest) -> list[dict[str, object]]:
    """One entry an address and language: ``location``, ``lastmod`` and ``alternates``.

    Two queries for any number of pages, and those of the finders.
    """
    site = Site.find_for_request(request)
    if site is None:
        return []
    source_id = locales.id_of(languages.SOURCE)
    root = site.root_page
    sources = Page.objects.live().public().filter(path__startswith=root.path, locale_id=source_id).order_by("path")
    sources = sources.filter(has_public_parent())
    written: dict[object, dict[str, object]] = defaultdict(dict)
    translations = without_aliases(Page.objects.live().exclude(locale_id=source_id))
    for key, locale_id, published in translations.values_list("translation_key", "locale_id", "last_published_at"):
        written[key][locales.code_of(locale_id)] = published
    below: dict[int, list[tuple[str, dt.datetime]]] = defaultdict(list)
    for finder in _finders:
        for pk, rest, changed in finder(root):
            below[pk].append((rest, changed))
    found: list[dict[str, object]] = []
    for page in sources:
        path = page.url_path[len(root.url_path) :]
        dates = {languages.SOURCE: page.last_published_at, **written.get(page.translation_key, {})}
        found += _in_each_language(request, path, dates)
        for rest, changed in below[page.pk]:
            found += _in_each_language(request, path + rest, dict.fromkeys(dates, changed))
    return found


def _in_each_language(request: HttpRequest, rest: str, dates: dict[str, object]) -> list[dict[str, object]]:
    """Entries of one address; ``dates`` says in which languages it is written, and when each was last changed."""
    known = [code for code in dates if languages.get(code).in_hreflang and code in languages.BY_CODE]
    alternates = [
        {"hreflang": code, "href": request.build_absolute_uri(f"/{code}/{rest}")} for code in known if len(known) > 1
    ]
    return [
        {
            "location": request.build_absolute_uri(f"/{code}/{rest}"),
            "lastmod": _written(changed),
            "alternates": alternates if code in known else [],
        }
        for code, changed in dates.items()
    ]


def _written(moment: object) -> str:
    """W3C's form, as the sitemap wants it; empty for what is no moment."""
    return formats.local(moment).isoformat() if isinstance(moment, dt.datetime) else ""


@require_safe
def sitemap_view(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/sitemap.xml", {"entries": entries(request)}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
