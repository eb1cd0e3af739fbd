"""Events as something that can be found: by their words, and by topic, place, organiser and languages."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.localization import languages
from cms.localization.localized_text import readable
from cms.routing.restrictions import may_name
from cms.search import changes, page_changes, page_kinds
from cms.search.changes import Stale, Watched
from cms.search.page_changes import of_pages
from cms.search.page_kinds import Facts
from cms.search.passages import FACTS, NAMES, Part, Passage
from dates.events.event_page import EventPage
from dates.places import Place
from dates.series import EventSeries
from directory.profiles.organisation import OrganisationPage
from directory.profiles.search import of_languages, of_topic
from directory.profiles.taxonomy import District
from directory.profiles.topics import Topic

KIND = "event"
RELATED = ("topics__parent", "place__district", "organiser__district", "series")


def passages(page: EventPage, _site: object) -> Iterator[Passage]:
    for topic in sorted(page.topics.all(), key=lambda topic: topic.key):
        yield from of_topic(topic)
    for named in filter(None, (page.place, page.series)):
        for text in dict.fromkeys(readable(named.name).values()):
            yield Passage(text, FACTS, Part.FACT)
    if page.district:
        yield Passage(page.district.name, FACTS, Part.FACT)
    yield Passage(page.place_name, languages.SOURCE, Part.TEASER)
    yield Passage(page.place.address if page.place else "", languages.SOURCE, Part.BODY)
    if page.organiser and may_name(page.organiser):
        yield Passage(page.organiser.title, NAMES, Part.TEASER)
        yield Passage(page.organiser.native_name, NAMES, Part.TEASER)
    elif not page.organiser:
        yield Passage(page.organiser_name, NAMES, Part.TEASER)
    yield from of_languages(page.language_codes)
    if page.is_free:
        for language in languages.LANGUAGES:
            with override(language.code):
                yield Passage(gettext("Free of charge"), language.code, Part.TEASER)


def register() -> None:
    def date(page: EventPage) -> object:
        return timezone.localdate(page.start) if page.start else None

    facts = Facts(passages, RELATED, date=date)
    page_kinds.register(EventPage, label=_("Events"), place=20, kind=KIND, facts=facts)
    changes.watch(
        Watched(Topic, "id", lambda values: _of_topics(values)),
        Watched(Place, "id", lambda values: _where(place__in=values)),
        Watched(EventSeries, "id", lambda values: _where(series__in=values)),
        Watched(District, "id", _in_districts),
        page_changes.page_column("id", _of_organisers),
        Watched(OrganisationPage, "page_ptr_id", _of_organisers),
        *page_changes.hiding(lambda: _where(organiser__isnull=False)),
    )


def _where(**condition: object) -> list[Stale]:
    return of_pages(Page.objects.filter(pk__in=EventPage.objects.filter(**condition).values("pk")))


def _of_topics(values: set[str]) -> Iterable[Stale]:
    yield from _where(topics__in=values)
    yield from _where(topics__parent__in=values)


def _in_districts(values: set[str]) -> Iterable[Stale]:
    yield from _where(place__district__in=values)
    yield from _where(organiser__district__in=values)


def _of_organisers(values: set[str]) -> list[Stale]:
    """Organisations that come, go or are called otherwise, and what stands above them."""
    if Page.objects.filter(pk__in=values, numchild__gt=0).exclude(content_type__model="organisationpage").exists():
        return _where(organiser__isnull=False)
    return _where(organiser__in=values)
