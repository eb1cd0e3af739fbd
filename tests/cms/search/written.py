"""Documents written into the index by hand, for tests of what reads it."""

import datetime as dt

from wagtail.models import Site

from cms.search.forms import length_of, postings_of
from cms.search.models import SearchDocument, SearchPosting, SearchTerm
from cms.search.passages import FACTS, NAMES, Part, Passage


def body(text: str, language: str = "de") -> Passage:
    return Passage(text, language, Part.BODY)


def title(text: str, language: str = "de") -> Passage:
    return Passage(text, language, Part.TITLE)


def name(text: str) -> Passage:
    return Passage(text, NAMES, Part.NAME)


def fact(text: str) -> Passage:
    return Passage(text, FACTS, Part.FACT)


def write(
    key: int, *passages: Passage, kind: str = "article", date: dt.date | None = None, site: Site | None = None
) -> SearchDocument:
    site = site or Site.objects.get(is_default_site=True)
    document = SearchDocument.objects.create(site=site, kind=kind, object_id=key, date=date, length=length_of(passages))
    for (language, form), standing in postings_of(passages).items():
        term, _new = SearchTerm.objects.get_or_create(
            language=language, form=form, defaults={"written": standing.written}
        )
        SearchPosting.objects.create(term=term, document=document, weight=standing.weight)
    return document
