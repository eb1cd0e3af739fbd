"""By what an organisation is found beside its words: its names, and facts in the names of every language."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.localization import languages
from cms.search import changes, page_kinds
from cms.search.changes import Stale, Watched
from cms.search.page_changes import of_pages
from cms.search.page_kinds import Facts, plain_text
from cms.search.passages import FACTS, NAMES, Part, Passage
from directory.profiles.language_names import names_of
from directory.profiles.organisation import OrganisationPage
from directory.profiles.own_words import words_of
from directory.profiles.taxonomy import District, Topic

KIND = "organisation"
RELATED = ("topics", "languages_spoken", "offers", "district")


def passages(page: OrganisationPage) -> Iterator[Passage]:
    yield Passage(page.native_name, NAMES, Part.NAME)
    yield from own_words(page)
    for topic in sorted(page.topics.all(), key=lambda topic: topic.key):
        yield from of_topic(topic)
    spoken = {language.code for language in page.languages_spoken.all()}
    spoken.update(code for offer in page.offers.all() for code in offer.language_codes)
    yield from of_languages(spoken)
    if page.district:
        yield Passage(page.district.name, FACTS, Part.FACT)
    yield Passage(" ".join(filter(None, (page.street, page.postal_code, page.city))), languages.SOURCE, Part.BODY)


def own_words(page: OrganisationPage) -> Iterator[Passage]:
    """In a language of the site they are a translation; in another one everybody may find them."""
    words = words_of(page)
    if words is not None and not words.is_of_the_site:
        yield Passage(words.short_description, NAMES, Part.TEASER)
        yield Passage(plain_text(words.about), NAMES, Part.BODY)


def of_topic(topic: Topic) -> Iterator[Passage]:
    for text in dict.fromkeys(topic.name.values()):
        yield Passage(text, FACTS, Part.FACT)


def of_languages(codes: Iterable[str]) -> Iterator[Passage]:
    for code in sorted(codes):
        for name in names_of(code):
            yield Passage(name, FACTS, Part.FACT)


def register() -> None:
    facts = Facts(passages, RELATED, rows=(("offers", Part.OFFER),))
    page_kinds.register(OrganisationPage, label=_("Organisations"), place=10, kind=KIND, facts=facts)
    changes.watch(Watched(Topic, "id", _with_topics), Watched(District, "id", _in_districts))


def _with_topics(values: set[str]) -> list[Stale]:
    return of_pages(Page.objects.filter(organisationpage__topics__in=values).distinct())


def _in_districts(values: set[str]) -> list[Stale]:
    return of_pages(Page.objects.filter(organisationpage__district__in=values))
