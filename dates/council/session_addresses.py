"""Where a session of a council lives: for pages that name it, and for the sitemap, which knows none."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import prefetch_related_objects
from wagtail.models import Page

from cms.database.request_memory import remembered
from cms.localization import public_holidays
from cms.routing.site_settings import NORTH_RHINE_WESTPHALIA
from dates.council.bodies import CouncilBody
from dates.council.council_page import CouncilPage
from dates.council.sessions import CouncilSession


def pages_of_councils(root: Page | None = None) -> dict[int, CouncilPage]:
    """For each body its public council page, below ``root`` if given: the uppermost, if several show it. One query."""
    pages = CouncilPage.objects.listed().exclude(council=None).order_by("-path")
    return {page.council_id: page for page in (pages.descendant_of(root) if root else pages)}


def federal_state_of(body: CouncilBody) -> str:
    """Where the body meets (ISO 3166-2:DE), by the Site of its public page; a request asks once for all bodies."""
    page = remembered(("council pages",), pages_of_councils).get(body.pk)
    return public_holidays.state_of(page) if page else NORTH_RHINE_WESTPHALIA


def prefetch_paths(sessions: Iterable[CouncilSession], root: Page) -> None:
    """Reads the ``path`` of each session's page: on the site of ``root`` if it has one there, else on another.

    A joint session whose body has no page lives in the list of one that meets with it. "" where no public page shows
    it. The only place that says where a session lives; one query, three where not all have a page here.
    """
    listed = list(sessions)
    here = pages_of_councils(root) if listed else {}
    others = [session for session in listed if session.body_id not in here]
    elsewhere = pages_of_councils() if others else {}
    prefetch_related_objects([session for session in others if session.body_id not in elsewhere], "joint_bodies")
    for session in listed:
        page = here.get(session.body_id) or elsewhere.get(session.body_id)
        path = page.session_path(session) if page else _list_of(session, here, elsewhere)
        session.path = path  # type: ignore[attr-defined]


def _list_of(session: CouncilSession, *known: dict[int, CouncilPage]) -> str:
    """The page on which it stands without one of its own."""
    pages = (pages.get(body.pk) for pages in known for body in session.joint_bodies.all())
    return next((page.reader_path for page in pages if page), "")


def page_showing(session: CouncilSession, pages: dict[int, CouncilPage]) -> CouncilPage:
    """That of its body, or of one that meets with it (read ``with_facts``)."""
    bodies = (session.body_id, *(body.pk for body in session.joint_bodies.all()))
    return next(pages[pk] for pk in bodies if pk in pages)


def public_sessions(root: Page) -> Iterator[tuple[CouncilPage, CouncilSession]]:
    """Public sessions of the councils below ``root``, each with the page that shows it; four queries."""
    by_body = pages_of_councils(root)
    for session in (
        CouncilSession.objects.public()
        .met_by_any(by_body)
        .select_related("body", "place")
        .prefetch_related("agenda", "joint_bodies")
        .order_by("start")
    ):
        yield page_showing(session, by_body), session


def for_sitemap(root: Page) -> Iterator[tuple[int, str, dt.datetime]]:
    """Council pages with the rest of the address of each session and of each year, and when it last changed."""
    years: dict[tuple[int, int], dt.datetime] = {}
    for page, session in public_sessions(root):
        if session.body_id != page.council_id:
            continue  # it has no address here
        yield page.pk, page.reverse_subpage("session", args=(session.year, session.number)), session.changed_at
        year = (page.pk, session.year)
        years[year] = max(session.changed_at, years.get(year, session.changed_at))
    for (pk, year), changed in years.items():
        yield pk, f"{year}/", changed
