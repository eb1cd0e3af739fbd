"""``sitemap.xml`` with every language in which a page is really written, and ``robots.txt``."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms import languages, locales
from cms.pages import has_public_parent, without_aliases


def entries(request: HttpRequest) -> list[dict[str, object]]:
    """One entry a page and language: ``location``, ``lastmod`` and ``alternates``; two queries for any number."""
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
    found: list[dict[str, object]] = []
    for page in sources:
        rest = page.url_path[len(root.url_path) :]
        dates = {languages.SOURCE: page.last_published_at, **written.get(page.translation_key, {})}
        known = [code for code in dates if languages.get(code).in_hreflang and code in languages.BY_CODE]
        alternates = [
            {"hreflang": code, "href": request.build_absolute_uri(f"/{code}/{rest}")}
            for code in known
            if len(known) > 1
        ]
        found += [
            {
                "location": request.build_absolute_uri(f"/{code}/{rest}"),
                "lastmod": published,
                "alternates": alternates if code in known else [],
            }
            for code, published in dates.items()
        ]
    return found


@require_safe
def sitemap_view(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/sitemap.xml", {"entries": entries(request)}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
