"""What may help who found nothing: near words, and what higher floors offer to choose from, such as topics."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from wagtail.models import Site

from cms.localization import languages
from cms.localization.folding import folded
from cms.localization.localized_text import LocalizedText
from cms.search.models import SearchTerm


@dataclass(frozen=True)
class Suggestion:
    text: LocalizedText | str
    path: str


@dataclass(frozen=True)
class Suggestions:
    label: str | Promise
    links: list[Suggestion]


Finder = Callable[[Site], Suggestions]
_finders: dict[int, Finder] = {}


def register(place: int, finder: Finder) -> None:
    """Has ``finder`` asked, in the order of places, for what visitors of a site may choose; called when ready."""
    _finders[place] = finder


def all_of(site: Site) -> list[Suggestions]:
    found = [_finders[place](site) for place in sorted(_finders)]
    return [suggestions for suggestions in found if suggestions.links]


@dataclass(frozen=True)
class NearWord:
    text: str
    attrs: SafeString
    """Its language where it isn't the reader's; none of a name, of which nobody knows it."""


def near_words(words: list[str]) -> list[NearWord]:
    """Each in the reader's language or in German, if it is known there; one query."""
    if not words:
        return []
    reader = languages.active().code
    forms = {word: folded(word) for word in words}
    rows = SearchTerm.objects.filter(form__in=forms.values(), language__in={reader, languages.SOURCE})
    known = set(rows.values_list("form", "language"))
    return [NearWord(word, _attributes({code for form, code in known if form == forms[word]})) for word in words]


def _attributes(codes: set[str]) -> SafeString:
    is_german = codes == {languages.SOURCE}
    return languages.attributes(languages.SOURCE) if is_german else SafeString()
