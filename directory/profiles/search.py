"""By what an organisation is found beside its words: its names, and facts in the names of every language."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from cms.localization import languages
from cms.localization.localized_text import readable
from cms.search import changes, page_kinds
from cms.search.changes import Stale, Watched
from cms.search.page_changes import of_pages
from cms.search.page_kinds import Facts, plain_text
from cms.search.passages import FACTS, NAMES, Part, Passage
from directory.profiles.district_of import Districts
from directory.profiles.language_names import names_of
from directory.profiles.organisation import OrganisationPage
from directory.profiles.own_words import words_of
from directory.profiles.taxonomy import District
from directory.profiles.topics import Topic

KIND = "organisation"
RELATED = ("topics__parent", "languages_spoken", "offers", "district")


def passages(page: OrganisationPage, districts: Districts) -> Iterator[Passage]:
    yield Passage(page.native_name, NAMES, Part.NAME)
    yield from own_words(page)
    for topic in sorted(page.topics.all(), key=lambda topic: topic.key):
        yield from of_topic(topic)
    spoken = {language.code for language in page.languages_spoken.all()}
    spoken.update(code for offer in page.offers.all() for code in offer.language_codes)
    yield from of_languages(spoken)
    where = districts.of(page.district_id, page.street, page.postal_code, page.city, page.title)
    if where is not None:
        yield Passage(where.district.name, FACTS, Part.FACT)
    yield Passage(" ".join(filter(None, (page.street, page.postal_code, page.city))), languages.SOURCE, Part.BODY)


def own_words(page: OrganisationPage) -> Iterator[Passage]:
    """In a language of the site they are a translation; in another one everybody may find them."""
    words = words_of(page)
    if words is not None and not words.is_of_the_site:
        yield Passage(words.short_description, NAMES, Part.TEASER)
        yield Passage(plain_text(words.about), NAMES, Part.BODY)


def of_topic(topic: Topic) -> Iterator[Passage]:
    """Whoever looks for a main topic looks for what is below it as well."""
    for each in filter(None, (topic, topic.parent)):
        for text in dict.fromkeys(readable(each.name).values()):
            yield Passage(text, FACTS, Part.FACT)


def of_languages(codes: Iterable[str]) -> Iterator[Passage]:
    for code in sorted(codes):
        for name in names_of(code):
            yield Passage(name, FACTS, Part.FACT)


def register() -> None:
    facts = Facts(passages, RELATED, rows=(("offers", Part.OFFER),), given=districts_of)
    page_kinds.register(OrganisationPage, label=_("Organisations"), place=10, kind=KIND, facts=facts)
    changes.watch(Watched(Topic, "id", _with_topics), Watched(District, "id", _in_districts))


def districts_of(site: Site) -> Districts:
    return Districts(District.offered(site))


def _with_topics(values: set[str]) -> list[Stale]:
    found = OrganisationPage.objects.filter(Q(topics__in=values) | Q(topics__parent__in=values))
    return of_pages(Page.objects.filter(pk__in=found.values("pk")))


def _in_districts(values: set[str]) -> list[Stale]:
    """Those that name it; and those that name none, whose address may tell it from now on."""
    found = OrganisationPage.objects.filter(Q(district__in=values) | Q(district=None))
    return of_pages(Page.objects.filter(pk__in=found.values("pk")))
