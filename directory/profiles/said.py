"""Which organisations answer a query: the one place where the directory reads ``q``, which means what it does in the
search of the site."""

from collections.abc import Collection

from wagtail.models import Site

from cms.localization import languages
from cms.search.finding import find
from directory.profiles.search import KIND

MAX_QUERY_LENGTH = 100


def said_by(site: Site | None, query: str) -> Collection[int]:
    """Primary keys of those that answer all of ``query``; where none does, of those that answer some of it."""
    if site is None:
        return ()
    found = find(query, site=site, language=languages.active().code, kinds={KIND})
    matches = [match for group in found.groups for match in group.matches]
    return {match.object_id for match in matches if match.is_whole} or {match.object_id for match in matches}
