"""Site search: words of the reader's language, German words, and names."""

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.localization import languages, locales, notices
from cms.localization.localized_text import LocalizedText
from cms.localization.page_words import PageWords, title_is_name
from cms.pages.base_page import has_public_parent, without_aliases
from cms.routing import sites
from cms.routing.address import path_of
from cms.routing.query_parameters import requested_page

MAX_QUERY_LENGTH = 100
MAX_HITS = 200
FEW = 5
PER_PAGE = 10
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Hit:
    """A page that was found, with its words in the reader's language where they exist."""

    source: Page
    words: PageWords

    @property
    def title(self) -> LocalizedText:
        """A title that is the same in translation is a proper name and stays German."""
        source, title = PageWords(self.source).title, self.words.title
        return source if title == source or title_is_name(self.source) else title

    @property
    def description(self) -> LocalizedText:
        return self.words.search_description

    @property
    def path(self) -> str:
        return path_of(self.source, languages.active().code)


@dataclass(frozen=True)
class OtherHit:
    """Something found that is no page of the tree, such as a session of the council; in the reader's language."""

    title: str
    description: str
    path: str


Finder = Callable[[str, Page], list[OtherHit]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Has ``finder`` asked for what matches plain words below a home page; called by an app when it is ready."""
    _finders.append(finder)


def plain_words(query: str) -> str:
    """``query`` without what a search engine might read as an operator: signs, and capitals as in AND or NEAR."""
    kept = (" " if unicodedata.category(character)[0] in "PSC" else character for character in query.lower())
    return " ".join("".join(kept).split())


def words_in_title(page: Page, query: str) -> int:
    title = page.title.casefold()
    return sum(word in title for word in query.casefold().split())


def find(query: str, *, root: Page) -> list[Hit]:
    """Pages below ``root`` whose words in the reader's language, or German words, match; best first.

    Words in the title come first, then what is new. The score of PostgreSQL's index is not used for this: it moves
    with the average length of all titles, so somebody's draft would change the order that visitors see.
    The number of queries depends neither on the hits nor on their kinds.
    """
    source_id, wanted_id = locales.id_of(languages.SOURCE), locales.id_of(languages.active().code)
    public = Page.objects.live().public()
    readable = public.filter(locale_id__in={source_id, wanted_id})
    hits = [*readable.search(query, operator="and")[:MAX_HITS]]
    if len(hits) < FEW:
        # Whoever types the beginning of a word ("Sprach") means all that begin so.
        hits += readable.autocomplete(query, operator="and")[:MAX_HITS]
    hits.sort(key=lambda hit: (words_in_title(hit, query), hit.last_published_at or NEVER, hit.pk), reverse=True)
    keys = list(dict.fromkeys(hit.translation_key for hit in hits))
    rows = without_aliases(public.filter(translation_key__in=keys, locale_id__in={source_id, wanted_id}))
    rows = notices.annotated(rows.filter(has_public_parent() | ~Q(locale_id=source_id)), languages.active().code)
    by_key: dict[object, dict[int, Page]] = {}
    for row in rows:
        by_key.setdefault(row.translation_key, {})[row.locale_id] = row
    found = [by_key.get(key, {}) for key in keys]
    return [
        Hit(versions[source_id], PageWords(versions.get(wanted_id, versions[source_id])))
        for versions in found
        if source_id in versions and versions[source_id].path.startswith(root.path)
    ]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """``/<language>/search/?q=…&page=…``"""
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MAX_QUERY_LENGTH]
    words = plain_words(query)
    found: list[Hit | OtherHit] = []
    if words and sites.of_request(request):
        home = sites.home_of(request)
        found += find(words, root=home)
        for finder in _finders:
            found += finder(words, home)
    results = requested_page(Paginator(found, PER_PAGE), request)
    return render(request, "cms/search/search.html", {"query": query, "results": results, "count": len(found)})
