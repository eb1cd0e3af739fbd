"""Sessions of councils as something that can be found: by body, day, place and what was on the agenda."""

from collections.abc import Collection, Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page, Site

from cms.localization import formats, languages
from cms.localization.localized_text import LocalizedText, readable
from cms.search import changes, kinds, page_changes, page_kinds
from cms.search.changes import Stale, Watched
from cms.search.kinds import Kind, Shown
from cms.search.passages import FACTS, Indexed, Part, Passage
from dates.council.agenda import AgendaItem
from dates.council.bodies import BodyName, CouncilBody
from dates.council.council_page import CouncilPage
from dates.council.session_addresses import prefetch_paths
from dates.council.sessions import CouncilSession, CouncilSessionQuerySet
from dates.places import Place
from directory.profiles.search import of_languages

NAME = "session"


def public(site: Site, keys: Collection[int] | None = None) -> CouncilSessionQuerySet:
    """Public sessions of the bodies that a public page of ``site`` shows."""
    pages = page_kinds.public(site).values("pk")
    bodies = CouncilPage.objects.filter(pk__in=pages).exclude(council=None).values("council")
    sessions: CouncilSessionQuerySet = CouncilSession.objects.public().met_by_any(bodies).order_by("pk")
    return sessions if keys is None else sessions.filter(pk__in=keys)


def indexed(site: Site, keys: Collection[int] | None) -> Iterator[Indexed]:
    for session in public(site, keys).select_related("body", "place").prefetch_related("body__legal_names", "agenda"):
        said = [each for each in passages(session) if each.text.strip()]
        yield Indexed(NAME, session.pk, said, timezone.localdate(session.start))


def passages(session: CouncilSession) -> Iterator[Passage]:
    for language in languages.LANGUAGES:
        with override(language.code):
            yield Passage(session.title.plain, language.code, Part.TITLE)
            yield Passage(formats.full_date(session.start), language.code, Part.FACT)
    yield Passage(formats.short_date(session.start), FACTS, Part.FACT)
    names = [session.body.name, *(name.name for name in session.body.legal_names.all())]
    if session.place:
        names.append(session.place.name)
    for name in names:
        for text in dict.fromkeys(readable(name).values()):
            yield Passage(text, FACTS, Part.FACT)
    if session.interpreters and not session.is_closed:
        yield from of_languages(session.interpreter_languages)
    for point in session.public_agenda:
        yield Passage(point.title, languages.SOURCE, Part.TEASER)
        yield Passage(point.result_words, languages.SOURCE, Part.BODY)


def shown(site: Site, keys: Collection[int]) -> dict[int, Shown]:
    sessions = list(public(site, keys).select_related("body", "place").prefetch_related("agenda"))
    prefetch_paths(sessions, site.root_page)
    reader = languages.active().code
    return {
        session.pk: Shown(
            LocalizedText(session.title.plain, reader),
            session.path,
            (
                LocalizedText(formats.date_and_time(session.start), reader),
                *(point.label for point in session.public_agenda),
            ),
        )
        for session in sessions
        if session.path
    }


def register() -> None:
    kind = Kind(NAME, _("Meetings"), 40, indexed, shown, keys=lambda site: public(site).values_list("pk", flat=True))
    kinds.register(kind)
    joint = CouncilSession.joint_bodies.through
    changes.watch(
        Watched(CouncilSession, "id", _these),
        Watched(AgendaItem, "session_id", _these),
        Watched(joint, "councilsession_id", _these),
        Watched(Place, "id", lambda values: _stale(CouncilSession.objects.filter(place__in=values))),
        Watched(CouncilBody, "id", lambda values: _stale(CouncilSession.objects.met_by_any(values))),
        Watched(BodyName, "body_id", lambda values: _stale(CouncilSession.objects.met_by_any(values))),
        Watched(CouncilPage, "page_ptr_id", lambda _values: [Stale(NAME)]),
        page_changes.page_column("id", _above_councils),
        *page_changes.hiding(lambda: [Stale(NAME)]),
    )


def _these(values: set[str]) -> list[Stale]:
    return [Stale(NAME, frozenset(map(int, values)))]


def _stale(sessions: CouncilSessionQuerySet) -> list[Stale]:
    return [Stale(NAME, frozenset(sessions.values_list("pk", flat=True)))]


def _above_councils(values: set[str]) -> Iterable[Stale]:
    """Pages of councils, and those below which one may stand."""
    pages = Page.objects.filter(pk__in=values)
    if pages.filter(numchild__gt=0).exists() or CouncilPage.objects.filter(pk__in=values).exists():
        yield Stale(NAME)
