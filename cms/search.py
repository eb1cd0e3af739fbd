"""Site search: words of the reader's language, German words, and names."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms import languages, locales
from cms.frame import Frame
from cms.pages import BasePage, give_words
from cms.paging import requested_page

MAX_QUERY_LENGTH = 100
MAX_HITS = 200
PER_PAGE = 10


def find(query: str, *, root: Page) -> list[BasePage]:
    """Source pages below ``root`` whose words in the reader's language, or German words, match; best first.

    Each has its ``words`` attached. The number of queries grows with the number of page types, not of pages.
    """
    source_id = locales.id_of(languages.SOURCE)
    wanted_id = locales.id_of(languages.active().code)
    hits = Page.objects.live().public().filter(locale_id__in={source_id, wanted_id}).search(query, operator="and")
    keys = list(dict.fromkeys(hit.translation_key for hit in hits[:MAX_HITS]))
    sources = Page.objects.live().public().filter(
        translation_key__in=keys, locale_id=source_id, path__startswith=root.path
    )
    by_key = {page.translation_key: page for page in sources.specific(defer=False)}
    return [by_key[key] for key in keys if key in by_key]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """``/<language>/search/?q=…&page=…``"""
    frame = Frame.of(request)
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_QUERY_LENGTH]
    found: list[BasePage] = find(query, root=frame.root) if query and frame.site else []
    results = requested_page(Paginator(found, PER_PAGE), request)
    context: dict[str, Any] = {"query": query, "results": results, "count": len(found)}
    for model in {type(page) for page in results}:
        give_words([page for page in results if type(page) is model], model, frame.language.code)
    return render(request, "cms/search.html", context)
