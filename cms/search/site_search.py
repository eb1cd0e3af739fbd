"""Site search: one field for all that is public, in the words of the reader, in German, and by names and facts."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms.localization import languages
from cms.routing import query_parameters, sites
from cms.routing.query_parameters import requested_page
from cms.search import kinds, missed_words, results, suggestions
from cms.search.finding import find
from cms.search.found import Found, Group

MAX_QUERY_LENGTH = 100
PER_PAGE = 10
KIND = "kind"

query_parameters.register(KIND)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """``/<language>/search/?q=…``, of one kind ``&kind=…&page=…``."""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_QUERY_LENGTH]
    site = sites.of_request(request)
    if site is None:
        return render(request, "cms/search/search.html", {"query": query})
    reader, known = languages.active().code, {kind.name for kind in kinds.in_order()}
    found = find(query, site=site, language=reader, kinds=known) if query else Found()
    if not found.groups and request.method == "GET":
        missed_words.count(found.missed or found.words, language=reader)
    context = _answer(request, found, site) or {"suggestions": suggestions.all_of(site)}
    context |= {
        "query": query,
        "missed": found.missed,
        "nearest": suggestions.near_words(found.nearest),
        "is_partial": found.is_partial,
    }
    return render(request, "cms/search/search.html", context)


def _answer(request: HttpRequest, found: Found, site: Site) -> dict[str, Any]:
    """Everything in short, or one kind page by page; {} where nothing was found or is public any more."""
    count = sum(len(group.matches) for group in found.groups)
    choices = [(kinds.named(group.kind), len(group.matches)) for group in found.groups]
    context = {"count": count, "choices": choices if len(choices) > 1 else []}
    if group := _asked(request.GET.get(KIND, ""), found):
        listed = requested_page(Paginator(group.matches, PER_PAGE), request)
        kind = kinds.named(group.kind)
        hits = results.hits_of(kind, listed.object_list, found, site=site)
        section = results.Section(kind, len(group.matches), hits)
        return context | {"sections": [section], "listed": listed, "chosen": kind} if hits else {}
    sections = results.sections_of(found, site=site)
    return context | {"sections": sections} if sections else {}


def _asked(name: str, found: Found) -> Group | None:
    """The kind that the address asks for, or the only one."""
    if len(found.groups) == 1:
        return found.groups[0]
    return next((group for group in found.groups if group.kind == name), None)
