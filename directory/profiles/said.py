"""Which organisations answer a query: the one place where the directory reads ``q``, which means what it does in the
search of the site."""

from wagtail.models import Site

from cms.localization import languages
from cms.search.finding import find
from cms.search.found import Found
from directory.profiles.search import KIND

MAX_QUERY_LENGTH = 100


def said_by(site: Site | None, query: str) -> Found:
    """Its ``answers`` are the organisations; nothing is asked without a query."""
    if site is None or not query:
        return Found()
    return find(query, site=site, language=languages.active().code, kinds={KIND})
