"""Where the sessions of a site are: for the search and for the sitemap, which know no sessions."""

import datetime as dt
from collections.abc import Iterable, Iterator

from wagtail.models import Page

from cms import formats, languages
from cms.pages import path_of
from cms.search import OtherHit, plain_words
from dates.council import CouncilPage
from dates.sessions import CouncilSession


def public_sessions(root: Page) -> Iterator[tuple[CouncilPage, CouncilSession]]:
    """Public sessions of the councils below ``root``, each with the page that shows it; two queries."""
    pages = CouncilPage.objects.listed().descendant_of(root).exclude(council=None).order_by("-path")
    by_body = {page.council_id: page for page in pages}
    for session in (
        CouncilSession.objects.public().filter(body__in=by_body).select_related("body", "place").order_by("start")
    ):
        yield by_body[session.body_id], session


def for_sitemap(root: Page) -> Iterator[tuple[int, str, dt.datetime]]:
    """Council pages with the rest of the address of each session and of each year, and when it last changed."""
    years: dict[tuple[int, int], dt.datetime] = {}
    for page, session in public_sessions(root):
        yield page.pk, f"{session.year}/{session.number}/", session.changed_at
        year = (page.pk, session.year)
        years[year] = max(session.changed_at, years.get(year, session.changed_at))
    for (pk, year), changed in years.items():
        yield pk, f"{year}/", changed


def for_search(query: str, root: Page) -> list[OtherHit]:
    """Sessions whose title, date or place match every word of ``query``: those ahead first, then the latest."""
    found = [(page, session) for page, session in public_sessions(root) if _matches(query, session)]
    ahead = [each for each in found if not each[1].is_past]
    past = [each for each in reversed(found) if each[1].is_past]
    code = languages.active().code
    return [
        OtherHit(
            session.title,
            formats.date_and_time(session.start),
            f"{path_of(page, code)}{session.year}/{session.number}/",
        )
        for page, session in (*ahead, *past)
    ]


def _matches(query: str, session: CouncilSession) -> bool:
    words = set(plain_words(" ".join(_texts(session))).split())
    return all(
        word in words if word.isdigit() else any(known.startswith(word) for known in words) for word in query.split()
    )


def _texts(session: CouncilSession) -> Iterable[str]:
    yield session.title.plain
    yield session.short_title
    yield formats.full_date(session.start)
    yield formats.full_date(session.start, language=languages.get(languages.SOURCE))
    yield formats.short_date(session.start)
    for name in (session.body.name, session.place.name if session.place else {}):
        yield name.get(languages.active().code, "")
        yield name.get(languages.SOURCE, "")
